export type { DemoCredentials } from './lib/demo/demo-credentials';
export { greeting } from './lib/demo/greeting';
export { PrepareDemo } from './lib/demo/prepare-demo';
export { OperationsModule } from './lib/operations.module';
