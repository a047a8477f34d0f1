// The whole test run, or a part of it: `npm test`, `npm run test:unit`, `test:int`, `test:e2e`.
// Every part runs even when one before it failed; the last line counts what passed and what failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';

const reports = resolve('tmp/test-reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

const only = process.argv[2];
const totals = { passed: 0, failed: 0 };
const failures = [];

/** A run that has written its report has so long to end; one that does not left something open, and has failed. */
const GRACE_MS = 30_000;

function run(command, env = {}, report = undefined) {
  return new Promise((done) => {
    const [program, ...rest] = command;
    const child = spawn(program, rest, { stdio: 'inherit', env: { ...process.env, ...env } });
    let written = 0;
    const watch = setInterval(() => {
      if (report === undefined || !existsSync(report)) return;
      written ||= Date.now();
      if (Date.now() - written > GRACE_MS) {
        console.log(`${command.join(' ')} has ended its tests and does not exit`);
        child.kill('SIGKILL');
      }
    }, 1_000);
    const end = (status) => {
      clearInterval(watch);
      done(status);
    };
    child.on('error', () => end(127));
    child.on('exit', (code, signal) => end(signal === null ? (code ?? 1) : 1));
  });
}

/** Named again at the end, since a log is often read from there. */
function failedTestsOf({ testResults = [] }) {
  return testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => fullName);
    const file = relative(process.cwd(), name);
    return failed.length > 0 || status !== 'failed'
      ? failed.map((test) => `${file}: ${test}`)
      : [`${file}: could not run`];
  });
}

async function check(name, command, env) {
  console.log(`\n== ${name}`);
  const status = await run(command, env);
  if (status === 0) totals.passed += 1;
  else {
    totals.failed += 1;
    failures.push(name);
  }
  return status === 0;
}

async function jest(name, args, env = {}) {
  console.log(`\n== ${name}`);
  const report = `${reports}/${name.replaceAll(/\W+/g, '-')}.json`;
  const options = { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' };
  const status = await run(['jest', ...args, '--json', `--outputFile=${report}`], { ...env, ...options }, report);
  const result = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1 };
  totals.passed += result.numPassedTests;
  // A suite that could not even be loaded counts as one failure.
  const failed = Math.max(result.numFailedTests, status === 0 ? 0 : 1);
  totals.failed += failed;
  if (failed > 0) failures.push(name, ...failedTestsOf(result));
  if (status === 0 && result.numPassedTests === 0) {
    totals.failed += 1;
    failures.push(`${name}: no test ran`);
  }
}

const wants = (part) => only === undefined || only === part;
let services;
const serviceEnv = async () => {
  if (services === undefined) {
    const { startServices } = await import('../test-services/test-services.mjs');
    services = await startServices();
  }
  return services.env;
};

try {
  if (only === undefined) {
    await check('lint', ['nx', 'run', 'tollgate:lint']);
    await check('types', ['nx', 'run', 'tollgate:typecheck']);
    await check('format', ['prettier', '--check', '--log-level', 'warn', '.']);
  }
  if (only === undefined || only === 'e2e') {
    await check('build', ['nx', 'run-many', '-t', 'build', '--parallel', '1', '--output-style', 'stream']);
  }
  if (only === undefined) await check('contract', ['node', 'tools/contract/contract.mjs', '--check']);
  if (wants('unit')) {
    await jest('unit', ['--selectProjects', 'unit']);
    if (existsSync('apps/console/jest.config.js')) await jest('console', ['-c', 'apps/console/jest.config.js']);
  }
  if (wants('int')) await jest('int', ['--selectProjects', 'int'], await serviceEnv());
  if (wants('e2e')) {
    await jest('api e2e', ['--selectProjects', 'e2e', '--runInBand'], await serviceEnv());
    if (existsSync('apps/console-e2e/jest.config.js')) {
      await jest('console e2e', ['-c', 'apps/console-e2e/jest.config.js', '--runInBand'], await serviceEnv());
    }
  }
} finally {
  await services?.stop();
}

if (failures.length > 0) console.log(`\nFailed:\n${failures.map((failure) => `  ${failure}`).join('\n')}`);
console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exit(totals.failed > 0 ? 1 : 0);
