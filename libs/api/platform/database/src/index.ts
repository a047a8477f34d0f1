export {
  AmountColumn,
  BoolColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongColumn,
  TextColumn,
  type ColumnSettings,
} from './lib/columns';
export { Database, type Engine, type SqlValue } from './lib/database';
export { DatabaseFigures, type Figures } from './lib/database-figures';
export { DatabaseModule } from './lib/database.module';
export { keysetPage, where, type Condition, type KeysetList } from './lib/keyset';
export { migration } from './lib/migration';
export { migrate, pendingMigrations, rollback } from './lib/migrator';
export { platformSchema } from './lib/platform-schema';
export { ProcessLease } from './lib/process-lease';
export { Readiness, type ReadinessProbe } from './lib/readiness';
export type { Dialect, Migration, SchemaPart } from './lib/schema';
export type { DatabaseSettings } from './lib/settings';
export { sealedColumn, type SealedColumn } from './lib/sealed-column';
export { SearchSources, type SearchSource } from './lib/search-sources';
export { UnitOfWork } from './lib/unit-of-work';
export { VersionedCache, type CacheTopic } from './lib/versioned-cache';
