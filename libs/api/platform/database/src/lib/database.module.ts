import { Config } from '@tollgate/api/config';
import { Clock } from '@tollgate/api/kernel';
import { Global, Inject, Module, type DynamicModule, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { AlignedClock } from './aligned-clock';
import { Database } from './database';
import { DatabaseFigures } from './database-figures';
import { openDatabase, type OpenDatabase } from './engine/open-data-source';
import { Migrator } from './migrator';
import { platformSchema } from './platform-schema';
import { ProcessLease } from './process-lease';
import { Readiness } from './readiness';
import type { SchemaPart } from './schema';
import { SearchSources } from './search-sources';
import { TransactionalUnitOfWork } from './transactional-unit-of-work';
import { TypeormDatabase } from './typeorm-database';
import { UnitOfWork } from './unit-of-work';
import { PolledVersionedCache, VersionedCache } from './versioned-cache';

const OPEN = Symbol('open database');
const UNIT = Symbol('unit of work');
const LEASE = Symbol('process lease');

export interface DatabaseOptions {
  /** False for a command that runs beside the server: it takes no lease. */
  readonly serves: boolean;
  /** For specs alone: how long the caches go on without having seen what changed, in ms. A server takes the default. */
  readonly staleAfterMs?: number;
}

function providersOf(parts: readonly SchemaPart[], { serves, staleAfterMs }: DatabaseOptions): Provider[] {
  const schema = [platformSchema, ...parts];
  return [
    Readiness,
    SearchSources,
    {
      provide: OPEN,
      inject: [Config],
      useFactory: async (config: Config): Promise<OpenDatabase> => {
        const open = await openDatabase(config.database, schema);
        try {
          await new Migrator(open.dataSource, schema).migrate();
        } catch (error) {
          await open.dataSource.destroy();
          throw error;
        }
        return open;
      },
    },
    {
      provide: Database,
      inject: [OPEN],
      useFactory: ({ dataSource, context }: OpenDatabase) => new TypeormDatabase(dataSource, context),
    },
    {
      provide: DatabaseFigures,
      inject: [OPEN, UNIT],
      useFactory: ({ dataSource }: OpenDatabase, unit: TransactionalUnitOfWork) =>
        new DatabaseFigures(dataSource, unit),
    },
    { provide: UnitOfWork, useExisting: UNIT },
    {
      provide: UNIT,
      inject: [OPEN],
      useFactory: ({ dataSource, context }: OpenDatabase) => new TransactionalUnitOfWork(dataSource, context),
    },
    {
      provide: Clock,
      inject: [Database, Readiness],
      useFactory: async (database: Database, readiness: Readiness) => {
        const clock = new AlignedClock(database);
        await clock.start(readiness);
        return clock;
      },
    },
    {
      provide: VersionedCache,
      inject: [OPEN, Database, UnitOfWork, Readiness],
      useFactory: async ({ context }: OpenDatabase, database: Database, unit: UnitOfWork, readiness: Readiness) => {
        const cache = new PolledVersionedCache(database, unit, context, staleAfterMs);
        await cache.start(readiness);
        return cache;
      },
    },
    {
      provide: LEASE,
      inject: [Config, Database, Clock, Readiness],
      useFactory: async (config: Config, database: Database, clock: Clock, readiness: Readiness) => {
        const needed =
          serves && config.database.engine === 'mysql' && config.redisUrl === null && config.profile !== 'test';
        if (!needed) return null;
        const lease = new ProcessLease(database, clock);
        await lease.start(readiness);
        return lease;
      },
    },
  ];
}

const DOORS = [DatabaseFigures, Readiness, SearchSources, Database, UnitOfWork, Clock, VersionedCache];

/**
 * The database, opened and migrated when the application is made. Global: slices inject `Database`, `UnitOfWork`,
 * `Clock`, `VersionedCache` and `Readiness` without importing anything.
 */
@Global()
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(OPEN) private readonly open: OpenDatabase,
    @Inject(LEASE) private readonly lease: ProcessLease | null,
    private readonly clock: Clock,
    private readonly cache: VersionedCache,
  ) {}

  /** `parts` are the `schema` of every slice. */
  static forRoot(parts: readonly SchemaPart[], options: DatabaseOptions = { serves: true }): DynamicModule {
    return { module: DatabaseModule, providers: providersOf(parts, options), exports: DOORS };
  }

  /** Last of all: whoever drains does so in `onModuleDestroy` or `beforeApplicationShutdown`. */
  async onApplicationShutdown(): Promise<void> {
    if (this.clock instanceof AlignedClock) this.clock.stop();
    if (this.cache instanceof PolledVersionedCache) await this.cache.stop();
    await this.lease?.stop();
    if (this.open.dataSource.isInitialized) await this.open.dataSource.destroy();
  }
}
