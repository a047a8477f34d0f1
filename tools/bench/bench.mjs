// npm run bench: the metered pair and its raw baseline in one run, on each engine, and the other figures of speed.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runEngine } from './engine-run.mjs';
import { machineFacts } from './machine.mjs';
import { report } from './report.mjs';
import { measureSecondStart } from './second-start.mjs';

const ROOT = resolve(fileURLToPath(import.meta.url), '../../..');

const HELP = `npm run bench -- [options]

  --engine sqlite|mysql|both   both unless told; MariaDB runs as a private server that writes every commit to the disk
  --seconds N                  of each measurement; 20
  --clients N,N                clients of the closed loop; 32,64,128
  --organizations N            64
  --quick                      2 seconds each, two client counts, no second start: to see that it works
  --no-start                   leaves out the second \`npm start\`
  --server FILE                another built server than dist/api/main.js
  --profile                    writes CPU profiles of the server beside the data and keeps the folder

Raw figures go to tmp/bench/. Nothing in the tests runs this.`;

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'both' },
    seconds: { type: 'string' },
    clients: { type: 'string' },
    organizations: { type: 'string', default: '64' },
    quick: { type: 'boolean', default: false },
    'no-start': { type: 'boolean', default: false },
    server: { type: 'string', default: join(ROOT, 'dist/api/main.js') },
    profile: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main() {
  if (values.help) return console.log(HELP);
  const { quick } = values;
  const engines = values.engine === 'both' ? ['sqlite', 'mysql'] : [values.engine];
  if (engines.some((engine) => !['sqlite', 'mysql'].includes(engine))) throw new Error('--engine sqlite|mysql|both');
  const server = resolve(values.server);
  if (!existsSync(server)) throw new Error(`${server} is not there: npm run build`);
  const stamp = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  const folder = join(ROOT, 'tmp', 'bench', stamp);
  mkdirSync(folder, { recursive: true });
  const options = {
    server,
    folder,
    quick,
    profile: values.profile,
    seconds: Number(values.seconds ?? (quick ? 2 : 20)),
    warmup: quick ? 2 : 8,
    clients: (values.clients ?? (quick ? '16,64' : '32,64,128')).split(',').map(Number),
    organizations: Number(values.organizations),
  };
  const log = (text) => console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
  const machine = machineFacts();
  try {
    const runs = [];
    for (const engine of engines) runs.push(await runEngine(engine, options, log));
    const skipStart = quick || values['no-start'];
    const secondStart = skipStart ? null : await measureSecondStart(ROOT, join(folder, 'start'));
    const results = { machine, options, runs, secondStart };
    writeFileSync(`${folder}.json`, `${JSON.stringify(results, null, 2)}\n`);
    console.log(`\n${report(results)}\n\nRaw figures: ${folder}.json`);
  } finally {
    if (!values.profile) rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exit(1);
});
