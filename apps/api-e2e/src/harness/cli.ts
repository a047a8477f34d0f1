import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuilt, ROOT } from './built-server';

export interface CliEnding {
  readonly status: number | null;
  readonly text: string;
}

/** A program with this environment and no other, to its end. */
export function runProgram(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<CliEnding> {
  ensureBuilt();
  const child = spawn(process.execPath, [...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...environment },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  }
  return new Promise((done) => child.once('close', (status) => done({ status, text })));
}

/** A command of the built CLI on the database of a folder and an address. */
export function runCli(
  storage: { readonly dataDir: string; readonly url: string },
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliEnding> {
  return runProgram(['--enable-source-maps', join(ROOT, 'dist/api/cli.js'), ...args], {
    TOLLGATE_PROFILE: 'test',
    TOLLGATE_DATA_DIR: storage.dataDir,
    DATABASE_URL: storage.url,
    ...environment,
  });
}
