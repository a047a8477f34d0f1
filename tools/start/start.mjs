// npm start: builds what changed, then runs the demo: loopback, embedded database, seeded on its first start.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVER_FLAGS } from './server-flags.mjs';

const HELP = `Tollgate: a self-hosted gate with a meter.

  npm start              builds what changed, migrates, and serves the API and the console
  npm start -- --help    this text
  npm start -- --no-build  runs what was built before

The demo keeps everything in ./data and listens on http://localhost:3000 alone. On its first start it makes one
organization with an application, both kinds of API key and two sign-ins, and prints them at every start; they are
kept in data/demo-credentials.json. Delete the folder to begin anew.

  PORT               another port
  TOLLGATE_DATA_DIR  another folder
  DATABASE_URL       mysql://… to run the demo on MySQL or MariaDB

All settings: docs/configuration.md. In production run the built server itself: node dist/api/main.js.
Ctrl-C stops it after the requests under way.`;

const flags = process.argv.slice(2);
if (flags.includes('--help') || flags.includes('-h')) {
  console.log(HELP);
  process.exit(0);
}
const unknown = flags.filter((flag) => flag !== '--no-build');
if (unknown.length > 0) {
  console.error(`Unknown option: ${unknown.join(' ')}. npm start -- --help says what there is.`);
  process.exit(2);
}

const STAMP = 'dist/.built-from';

/** What the build is made of, by path, size and time of change: reading it takes a tenth of what asking nx takes. */
function fingerprint() {
  const hash = createHash('sha256');
  const walk = (path) => {
    for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name === 'node_modules' || entry.name.endsWith('.spec.ts') || entry.name.endsWith('-e2e')) continue;
      const child = join(path, entry.name);
      if (entry.isDirectory()) walk(child);
      else {
        const { size, mtimeMs } = statSync(child);
        hash.update(`${child}|${size}|${mtimeMs}\n`);
      }
    }
  };
  walk('apps');
  walk('libs');
  hash.update(readFileSync('package-lock.json')).update(readFileSync('tsconfig.base.json'));
  return hash.digest('hex');
}

if (!flags.includes('--no-build')) {
  const wanted = fingerprint();
  const built = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
  if (built !== wanted || !existsSync('dist/api/main.js')) {
    console.error('Building …');
    const { status, stdout, stderr } = spawnSync('nx', ['run-many', '-t', 'build', '--output-style', 'static'], {
      encoding: 'utf8',
    });
    if (status !== 0) {
      console.error(stdout, stderr);
      console.error('The build failed; the lines above say why.');
      process.exit(status ?? 1);
    }
    mkdirSync('dist', { recursive: true });
    writeFileSync(STAMP, wanted);
  }
}

const server = spawn(process.execPath, [...SERVER_FLAGS, 'dist/api/main.js'], {
  stdio: 'inherit',
  env: { LOG_LEVEL: 'warn', ...process.env, TOLLGATE_PROFILE: 'demo' },
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => server.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
server.on('exit', (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
