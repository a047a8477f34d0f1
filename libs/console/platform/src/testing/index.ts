export * from './fake-api';
export * from './fake-session';
export * from './render-page';
export * from './soon';
