import { readFileSync } from 'node:fs';
import { VERSION } from './version';

it('is the version of package.json', () => {
  const root = new URL('../../../../../../package.json', import.meta.url);
  expect((JSON.parse(readFileSync(root, 'utf8')) as { version: string }).version).toBe(VERSION);
});
