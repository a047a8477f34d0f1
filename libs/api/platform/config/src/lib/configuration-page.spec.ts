import { readFileSync } from 'node:fs';
import { configurationPage } from './configuration-page';

describe('docs/configuration.md', () => {
  it('says what the schema says', () => {
    expect(readFileSync('docs/configuration.md', 'utf8')).toBe(configurationPage());
  });
});
