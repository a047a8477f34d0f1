import config from './jest.config.js';

/** Makes the pictures of docs/screenshots anew from thirty days of demo data; needs a build, takes some minutes. */
export default { ...config, displayName: 'pictures', testMatch: ['<rootDir>/apps/console-e2e/src/**/*.pictures.ts'] };
