export { AuthModule } from './lib/auth.module';
export { FirstRun } from './lib/setup/first-run';
export { SeedDemoPeople } from './lib/setup/seed-demo-people';
