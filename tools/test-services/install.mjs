// Debian's packages, where we may install them.
import { spawn } from 'node:child_process';
import { findProgram } from './probe.mjs';

function apt(...args) {
  return new Promise((resolve, reject) => {
    // RUNLEVEL=1 keeps the packages from starting their servers: we start our own.
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
    const child = spawn('apt-get', args, { stdio: ['ignore', 2, 2], env });
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`apt-get ${args.join(' ')} ended with ${code}`)),
    );
  });
}

/** True when the packages were installed; false when this machine or user cannot; throws when apt-get failed. */
export async function installPackages(packages) {
  if (process.getuid?.() !== 0 || findProgram('apt-get') === null) return false;
  process.stderr.write(`Installing for the tests: ${packages.join(' ')}\n`);
  await apt('update', '-q');
  await apt('install', '-q', '-y', '--no-install-recommends', ...packages);
  return true;
}
