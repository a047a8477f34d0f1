// The built server in a process of its own, its sign-in, and what the system says about the process.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVER_FLAGS } from '../start/server-flags.mjs';
import { freePort } from '../test-services/probe.mjs';

const TICKS_PER_SECOND = 100;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** CPU seconds that a process has used. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Resident memory of a process, MB. */
export function residentMb(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
}

async function untilReady(url, child) {
  for (let tries = 0; tries < 1_500; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const answer = await fetch(`${url}/readyz`).catch(() => null);
    if (answer?.status === 200) return;
    await sleep(20);
  }
  throw new Error('the server was not ready within 30 s');
}

const cookiesOf = (answer) => answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);

/** What a browser without script sends: the form's token and cookie, and the fields. */
export async function signInForm(url, { email, password }) {
  const page = await fetch(`${url}/sign-in`);
  const token = /name="form_token"[^>]*value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  return {
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: url,
      cookie: cookiesOf(page).join('; '),
    },
    body: new URLSearchParams({ form_token: token, identifier: email, password }).toString(),
  };
}

/** @returns the headers of a signed-in browser */
async function signIn(url, person) {
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    ...(await signInForm(url, person)),
  });
  if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}`);
  const cookie = cookiesOf(answer).filter((one) => !one.endsWith('='));
  return { cookie: cookie.join('; '), origin: url };
}

/** Starts the demo profile of the built server. `call` acts as super admin. */
export async function startProduct({ server, dataDir, databaseUrl, nodeArgs = [], environment = {} }) {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [...nodeArgs, ...SERVER_FLAGS, server], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env.PATH,
      TOLLGATE_PROFILE: 'demo',
      TOLLGATE_DATA_DIR: dataDir,
      TOLLGATE_OUTBOUND_ALLOW: '127.0.0.1',
      LOG_LEVEL: 'warn',
      PORT: String(port),
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
      ...environment,
    },
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await untilReady(url, child);
  const file = join(dataDir, 'demo-credentials.json');
  while (!existsSync(file)) await sleep(20);
  const people = JSON.parse(readFileSync(file, 'utf8'));
  const session = await signIn(url, people.super_admin);
  const call = async (method, path, body, headers = {}) => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const answer = await fetch(url + path, { method, headers: { ...session, ...type, ...headers }, ...content });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const stop = async () => {
    process.removeListener('exit', kill);
    child.kill('SIGTERM');
    await ended;
  };
  return { port, url, pid: child.pid, people, session, call, stop };
}
