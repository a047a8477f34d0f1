// Kills a server under load again and again, and then asks whether anything that it acknowledged is lost or done twice.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { killUnderLoad } from './kill-under-load.mjs';

const HELP = `tools/run node tools/faults/kill.mjs [--kills 20] [--workers 12] [--engine sqlite|mysql|both] [--json]

Starts the built server (dist/api, or --dist FOLDER) on a database of its own, has WORKERS clients start and check
verifications, kills it with SIGKILL, starts it again, and so on. Then: every acknowledged start exists, no key started or
charged twice, no right code was refused or lost, verify-ledger and verify-audit are clean. Status 1 when not.
MySQL or MariaDB: TEST_MYSQL_URL, and TEST_REDIS_URL to spare the wait for the lease of the killed process.`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    workers: { type: 'string', default: '12' },
    engine: { type: 'string', default: process.env.TEST_MYSQL_URL ? 'both' : 'sqlite' },
    dist: { type: 'string', default: resolve(import.meta.dirname, '../../dist/api') },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}

let clean = true;
for (const engine of values.engine === 'both' ? ['sqlite', 'mysql'] : [values.engine]) {
  const report = await killUnderLoad({
    engine,
    dist: resolve(values.dist),
    kills: Number(values.kills),
    workers: Number(values.workers),
    log: values.json ? () => undefined : (line) => console.error(line),
  });
  clean &&= report.faults.length === 0;
  console.log(values.json ? JSON.stringify(report) : report);
}
process.exit(clean ? 0 : 1);
