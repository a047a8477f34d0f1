export { Config, type Profile } from './lib/config';
export { ConfigModule } from './lib/config.module';
export { configurationPage } from './lib/configuration-page';
export { ConfigError, readConfig } from './lib/read-config';
export type { NamedKey } from './lib/readers';
