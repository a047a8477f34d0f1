import config from './jest.config.js';

/** `npm run look`: opens every page in four looks, asks axe, and leaves a picture of each in tmp/screenshots. */
export default { ...config, displayName: 'look', testMatch: ['<rootDir>/apps/console-e2e/src/**/*.look-spec.ts'] };
