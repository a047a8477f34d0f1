// `npm start`, as a newcomer runs it, for the second time: built and seeded before.
import { spawn } from 'node:child_process';
import { freePort } from '../test-services/probe.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const LIMIT_MS = 600_000;

async function startOnce(root, dataDir) {
  const port = await freePort();
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), TOLLGATE_DATA_DIR: dataDir, DATABASE_URL: '' },
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    for (;;) {
      const answer = await fetch(`http://localhost:${port}/healthz`).catch(() => null);
      if (answer?.ok) return performance.now() - began;
      if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
      if (performance.now() - began > LIMIT_MS) throw new Error('npm start did not answer');
      await sleep(20);
    }
  } finally {
    // The whole group: npm does not always pass signals on.
    if (child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

/** Seconds to the first answer, the median of three: the first start builds what changed and is not counted. */
export async function measureSecondStart(root, dataDir) {
  const first = await startOnce(root, dataDir);
  const again = [];
  for (let turn = 0; turn < 3; turn += 1) again.push((await startOnce(root, dataDir)) / 1_000);
  again.sort((a, b) => a - b);
  return { first: first / 1_000, again, seconds: again[1] };
}
