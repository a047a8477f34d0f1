import preset from './jest.preset.js';

/** Pure specs beside their files (`unit`) and slices on a real database of both engines (`int`). */
export default {
  // Only so that a hung test ends: no test of ours says how fast something is, and machines are shared.
  testTimeout: 120_000,
  projects: [
    {
      ...preset,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/libs/api/**/*.spec.ts',
        '<rootDir>/libs/contracts/**/*.spec.ts',
        '<rootDir>/libs/sdk/**/*.spec.ts',
        '<rootDir>/apps/api/**/*.spec.ts',
        '<rootDir>/tools/**/*.spec.ts',
      ],
    },
    {
      ...preset,
      displayName: 'int',
      testMatch: ['<rootDir>/libs/api/**/*.int-spec.ts', '<rootDir>/apps/api/**/*.int-spec.ts'],
    },
    { ...preset, displayName: 'e2e', testMatch: ['<rootDir>/apps/api-e2e/**/*.e2e-spec.ts'] },
  ],
};
