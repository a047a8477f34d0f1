#!/usr/bin/env node
// The servers that the tests need: those named in the environment, else those running on this machine, else private
// ones, for which Debian's packages are installed where we may. What cannot be had is an error that says what to do:
// tests are never skipped because a server is missing.
//
//   node tools/test-services/test-services.mjs [--durable] [--chromium] [-- command …]
//
// Without a command it prints the exports and keeps the servers until it is ended.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';
import { startMysql, startRedis } from './private-server.mjs';
import { findProgram, mysqlProblem, redisProblem } from './probe.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

const SERVERS = [
  {
    name: 'MySQL or MariaDB',
    variable: 'TEST_MYSQL_URL',
    usual: 'mysql://root@127.0.0.1:3306',
    debian: 'mariadb-server',
    installed: () => findProgram('mariadbd', 'mysqld') !== null,
    problem: mysqlProblem,
    start: startMysql,
  },
  {
    name: 'Redis',
    variable: 'TEST_REDIS_URL',
    usual: 'redis://127.0.0.1:6379',
    debian: 'redis-server',
    installed: () => findProgram('redis-server', 'valkey-server') !== null,
    problem: redisProblem,
    start: startRedis,
  },
];

const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The URL of a server that runs already: named, or at its usual place unless `own` is asked for. */
async function runningServer(server, own) {
  const named = process.env[server.variable];
  if (named !== undefined && named !== '') {
    const problem = await server.problem(named);
    if (problem === null) return named;
    throw new Error(
      `${server.variable} names a ${server.name} that cannot be used (it must let us make databases): ${problem}`,
    );
  }
  return !own && (await server.problem(server.usual)) === null ? server.usual : null;
}

function missingText(packages) {
  return [
    `The tests need ${packages.join(' and ')}, and this machine has none that they can use. Any of these helps:`,
    ...SERVERS.filter(({ debian }) => packages.includes(debian)).map(
      ({ name, variable, usual }) => `  - name a running ${name}: ${variable}=${usual}`,
    ),
    ...(packages.includes('chromium') ? ['  - name a Chromium: TEST_CHROMIUM=/path/to/chromium'] : []),
    `  - install the programs: sudo apt-get install -y ${packages.join(' ')}`,
    '  - run as root on Debian or Ubuntu: then they are installed by themselves',
  ].join('\n');
}

/**
 * Finds or starts the servers. `durable`: private ones write every commit to the disk (benchmarks), else they are fast
 * (tests). `own`: never take one that happens to run here. A browser is named by TEST_CHROMIUM when there is one or it
 * can be installed; `chromium` makes its absence an error. Returns the variables to set, and how to end what was
 * started.
 */
export async function startServices({ durable = false, own = durable, chromium = false } = {}) {
  const env = {};
  const wanted = [];
  for (const server of SERVERS) {
    const url = await runningServer(server, own);
    if (url === null) wanted.push(server);
    else env[server.variable] = url;
  }
  const browser = () => process.env.TEST_CHROMIUM || findProgram(...CHROMIUM);
  const absent = wanted.filter((server) => !server.installed()).map(({ debian }) => debian);
  if (browser() === null) absent.push('chromium');
  if (absent.length > 0 && !(await installPackages(absent))) {
    const needed = chromium ? absent : absent.filter((name) => name !== 'chromium');
    if (needed.length > 0) throw new Error(missingText(needed));
  }
  const found = browser();
  if (found !== null) env.TEST_CHROMIUM = found;

  if (wanted.length === 0) return { env, stop: () => Promise.resolve() };
  const parent = join(ROOT, 'tmp', 'test-services');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'run-'));
  const outcomes = await Promise.allSettled(
    wanted.map((server) => server.start(join(folder, server.debian), { durable })),
  );
  const stop = async () => {
    await Promise.all(outcomes.map(({ value }) => value?.stop()));
    await rm(folder, { recursive: true, force: true });
  };
  const failed = outcomes.find(({ status, value }) => status === 'rejected' || value === null);
  if (failed !== undefined) {
    await stop();
    throw failed.reason ?? new Error(missingText(wanted.map(({ debian }) => debian)));
  }
  wanted.forEach((server, index) => (env[server.variable] = outcomes[index].value.url));
  return { env, stop };
}

function runCommand([program, ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', (error) => {
      process.stderr.write(`${program}: ${error.message}\n`);
      resolve(127);
    });
    child.on('exit', (code) => resolve(code ?? 1));
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  });
}

async function main(argv) {
  const split = argv.indexOf('--');
  const flags = split === -1 ? argv : argv.slice(0, split);
  const command = split === -1 ? [] : argv.slice(split + 1);
  const unknown = flags.find((flag) => !['--durable', '--chromium'].includes(flag));
  if (unknown !== undefined) throw new Error(`unknown option ${unknown}`);
  const { env, stop } = await startServices({
    durable: flags.includes('--durable'),
    chromium: flags.includes('--chromium'),
  });
  if (command.length > 0) {
    process.exitCode = await runCommand(command, env);
  } else {
    for (const [name, value] of Object.entries(env)) process.stdout.write(`export ${name}='${value}'\n`);
    const alive = setInterval(() => undefined, 60_000);
    await new Promise((resolve) => ['SIGINT', 'SIGTERM'].forEach((signal) => process.once(signal, resolve)));
    clearInterval(alive);
  }
  await stop();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main(process.argv.slice(2)).catch((error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
