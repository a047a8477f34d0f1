import { readFileSync } from 'node:fs';
import { VERSION } from './version';

describe('VERSION', () => {
  it('is the version of the package', () => {
    expect((JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version).toBe(VERSION);
  });
});
