import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface KeyTexts {
  readonly keys: string;
  readonly hashKey: string;
}

/**
 * The keys of an embedded installation, made once, mode 0600. Losing the file loses what is encrypted; that is why
 * production takes its keys from the environment, where they are backed up apart from the data.
 */
export function keysOfDataDir(dataDir: string): KeyTexts {
  const file = join(dataDir, 'keys.json');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const made = { keys: `k1:${randomBytes(32).toString('base64')}`, hashKey: randomBytes(32).toString('base64') };
    // wx: of two processes that start at once, one makes the file and the other reads it.
    try {
      writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!existsSync(file)) throw error;
    }
  }
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof read === 'object' && read !== null && 'keys' in read && 'hashKey' in read) {
    return { keys: String(read.keys), hashKey: String(read.hashKey) };
  }
  throw new Error(`${file} does not hold the keys of this installation; restore it from your backup`);
}
