// Component specs of the console: jsdom, ESM, zoneless, compiled by Angular's own compiler.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { moduleNameMapper } from '../../jest.preset.js';

const { createEsmPreset } = createRequire(import.meta.url)('jest-preset-angular/presets');
const root = fileURLToPath(new URL('../..', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

export default {
  ...createEsmPreset({ tsconfig: `${here}tsconfig.spec.json` }),
  displayName: 'console',
  rootDir: root,
  roots: [`${root}apps/console`, `${root}libs/console`],
  testEnvironment: 'jsdom',
  testMatch: ['<rootDir>/libs/console/**/*.spec.ts', '<rootDir>/apps/console/src/**/*.spec.ts'],
  setupFilesAfterEnv: [`${here}test/setup.ts`],
  moduleNameMapper,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/data/', '<rootDir>/tmp/'],
  // Only so that a hung test ends: no test of ours says how fast something is, and machines are shared.
  testTimeout: 120_000,
  restoreMocks: true,
};
