// Servers of our own: data in a folder of this run, a free port of loopback, gone when stopped.
import { execFile, spawn } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram, freePort, mysqlProblem, redisProblem } from './probe.mjs';

const run = promisify(execFile);
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const asRoot = () => process.getuid?.() === 0;

/** Starts a program, waits until `problem()` is null, and returns how to stop it. */
async function startServer({ program, args, folder, problem, graceful }) {
  const log = join(folder, 'log.txt');
  const output = await open(log, 'a');
  const child = spawn(program, args, { stdio: ['ignore', output.fd, output.fd] });
  await output.close();
  let ended = null;
  const gone = new Promise((resolve) => {
    child.on('error', (error) => resolve((ended = error.message)));
    child.on('exit', (code, signal) => resolve((ended = `ended with ${signal ?? code}`)));
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async () => {
    process.removeListener('exit', kill);
    if (ended === null) {
      child.kill(graceful ? 'SIGTERM' : 'SIGKILL');
      const late = setTimeout(kill, 20_000);
      await gone;
      clearTimeout(late);
    }
    await rm(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 600; tries += 1) {
    if (ended !== null) break;
    if ((await problem()) === null) return { stop };
    await sleep(100);
  }
  const tail = (await readFile(log, 'utf8').catch(() => '')).split('\n').slice(-15).join('\n');
  const what = ended ?? 'did not answer within 60 s';
  await stop();
  throw new Error(`${program} ${what}:\n${tail}`);
}

const MYSQL_FAST = [
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-flush-method=nosync',
  '--innodb-doublewrite=0',
  '--innodb-log-file-size=64M',
];
const MYSQL_DURABLE = ['--innodb-flush-log-at-trx-commit=1', '--innodb-log-file-size=256M'];

/** MariaDB, or MySQL 8 where that is installed. `durable` = every commit is on the disk. */
export async function startMysql(folder, { durable }) {
  const program = findProgram('mariadbd', 'mysqld');
  if (program === null) return null;
  const data = join(folder, 'data');
  await mkdir(data, { recursive: true });
  const user = asRoot() ? ['--user=root'] : [];
  const install = findProgram('mariadb-install-db', 'mysql_install_db');
  const isMariadb = basename(program) === 'mariadbd' || install !== null;
  if (isMariadb) {
    const options = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'];
    await run(install, ['--no-defaults', `--datadir=${data}`, ...options, ...user]);
  } else {
    await run(program, ['--no-defaults', `--datadir=${data}`, '--initialize-insecure', ...user]);
  }
  const port = await freePort();
  const url = `mysql://root@127.0.0.1:${port}`;
  const server = await startServer({
    program,
    args: [
      '--no-defaults',
      `--datadir=${data}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      // Relative to the data folder: the path of a socket may not be longer than 107 bytes.
      '--socket=server.sock',
      `--pid-file=${join(folder, 'pid')}`,
      '--skip-log-bin',
      '--max-connections=600',
      '--innodb-buffer-pool-size=256M',
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      ...(durable ? MYSQL_DURABLE : isMariadb ? MYSQL_FAST : MYSQL_FAST.slice(0, 1)),
      ...user,
    ],
    folder,
    problem: () => mysqlProblem(url),
    graceful: durable,
  });
  return { url, ...server };
}

export async function startRedis(folder, { durable }) {
  const program = findProgram('redis-server', 'valkey-server');
  if (program === null) return null;
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  const persistence = durable ? ['--appendonly', 'yes', '--appendfsync', 'everysec'] : ['--appendonly', 'no'];
  const server = await startServer({
    program,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', ...persistence],
    folder,
    problem: () => redisProblem(url),
    graceful: durable,
  });
  return { url, ...server };
}
