import preset from '../../jest.preset.js';

/** The console in a real Chromium, on the built API with real data. */
export default {
  ...preset,
  displayName: 'console e2e',
  testMatch: ['<rootDir>/apps/console-e2e/src/**/*.e2e-spec.ts'],
  // Only so that a hung page ends: no test of ours says how fast something is.
  testTimeout: 600_000,
};
