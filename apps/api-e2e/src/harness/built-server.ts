import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../../..');
export const SERVER = join(ROOT, 'dist/api/main.js');

function newest(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((latest, entry) => {
    if (entry.name === 'node_modules' || entry.name.endsWith('spec.ts')) return latest;
    const path = join(folder, entry.name);
    const changed = entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
    return Math.max(latest, changed);
  }, 0);
}

/** Builds the server when something that it is made of is younger than what was built. */
export function ensureBuilt(): void {
  const sources = ['apps/api', 'libs/api', 'libs/contracts', 'tools/contract'].map((folder) => join(ROOT, folder));
  const built = existsSync(SERVER) ? statSync(SERVER).mtimeMs : 0;
  if (sources.every((folder) => newest(folder) <= built)) return;
  const { status, stderr } = spawnSync(process.execPath, ['apps/api/build.mjs'], { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the API could not be built:\n${stderr}`);
}
