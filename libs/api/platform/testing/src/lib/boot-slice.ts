import { ConfigModule, readConfig, type Config } from '@tollgate/api/config';
import { CryptoModule } from '@tollgate/api/crypto';
import { Database, DatabaseModule, type Engine, type SchemaPart } from '@tollgate/api/database';
import { JobRunner, JobsModule, ScheduleRunner } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';
import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { ManualClock } from './manual-clock';
import { createTestDatabase, type TestDatabase } from './test-database';

type Token<T> = abstract new (...args: never[]) => T;

export interface SliceOverride {
  readonly provide: Token<unknown> | string | symbol;
  readonly useValue: unknown;
}

export interface SliceOptions {
  readonly engine: Engine;
  /** Modules of the slices under test; those that they import come with them, schema included. */
  readonly modules: readonly (Type | DynamicModule)[];
  /** Fakes: they replace a provider, and provide what no module does. */
  readonly overrides?: readonly SliceOverride[];
  /** Schema of the spec's own, beside that of the modules. */
  readonly schema?: readonly SchemaPart[];
  /** Another slice whose database and clock this one shares, as a second process would. */
  readonly beside?: Slice;
  /** Runs jobs and schedules by themselves, as the server does; false unless told. */
  readonly automaticJobs?: boolean;
  /** Refuses as soon as a server does when it was starved for seconds and could not see what changed; false unless told. */
  readonly strictlyFresh?: boolean;
  /** Environment variables for the configuration. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A booted slice on a fresh, migrated database. Close it in `afterAll` or `afterEach`. */
export interface Slice {
  get<T>(token: Token<T>): T;
  readonly database: Database;
  readonly clock: ManualClock;
  readonly storage: TestDatabase;
  /** Of the modules and of the spec. */
  readonly schema: readonly SchemaPart[];
  /** Runs every due job, and those that they add, until none is due. */
  runJobs(): Promise<{ done: number; failed: number }>;
  /** Runs the handler of a schedule once. */
  runSchedule(type: string): Promise<void>;
  close(): Promise<void>;
}

const KEY = Buffer.from('7f4cbd1c55e90a3f2b8860d1c2a94e7718f3a6b5092c4d6e8f01a2b3c4d5e6f7', 'hex').toString('base64');
const HASH_KEY = Buffer.from('1b9d37e2a4c05f687890abcdeffedcba0123456789abcdef5566778899aabbcc', 'hex').toString(
  'base64',
);

function testConfig(storage: TestDatabase, environment: Readonly<Record<string, string>>): Config {
  return readConfig({
    TOLLGATE_PROFILE: 'test',
    TOLLGATE_DATA_DIR: storage.dataDir,
    TOLLGATE_KEYS: `t1:${KEY}`,
    TOLLGATE_HASH_KEY: HASH_KEY,
    DATABASE_URL: storage.url,
    DATABASE_POOL_SIZE: '16',
    ...environment,
  });
}

/**
 * A server refuses when it could not look for changes for three seconds. On a machine that a whole test run keeps busy
 * that says nothing about the slice under test, whose answers would then depend on the machine.
 */
const PATIENT_MS = 120_000;

/** The schema of the modules and of everything that they import. */
function schemaOf(modules: readonly (Type | DynamicModule)[], seen = new Set<unknown>()): SchemaPart[] {
  return modules.flatMap((entry) => {
    const type = 'module' in entry ? entry.module : entry;
    if (seen.has(type)) return [];
    seen.add(type);
    const declared = (Reflect.getMetadata('imports', type) ?? []) as (Type | DynamicModule)[];
    const dynamic = 'module' in entry ? ((entry.imports ?? []) as (Type | DynamicModule)[]) : [];
    const own = 'schema' in type ? [type.schema as SchemaPart] : [];
    return [...own, ...schemaOf([...declared, ...dynamic], seen)];
  });
}

@Module({})
class OverridesModule {
  static with(overrides: readonly SliceOverride[]): DynamicModule {
    return {
      module: OverridesModule,
      global: true,
      providers: overrides.map(({ provide, useValue }) => ({ provide, useValue })),
      exports: overrides.map(({ provide }) => provide),
    };
  }
}

/** Makes the platform and the slices as the server does, on a database of their own, with time that stands still. */
export async function bootSlice(options: SliceOptions): Promise<Slice> {
  const { engine, modules, overrides = [], beside } = options;
  const storage = beside?.storage ?? (await createTestDatabase(engine));
  const clock = beside?.clock ?? new ManualClock();
  const schema = [...new Set([JobsModule.schema, ...schemaOf(modules), ...(options.schema ?? [])])];
  const builder = Test.createTestingModule({
    imports: [
      ConfigModule.forRoot(testConfig(storage, options.environment ?? {})),
      CryptoModule,
      DatabaseModule.forRoot(schema, {
        serves: true,
        ...(options.strictlyFresh === true ? {} : { staleAfterMs: PATIENT_MS }),
      }),
      JobsModule.forRoot({ automatic: options.automaticJobs ?? false }),
      OverridesModule.with(overrides),
      ...modules,
    ],
  });
  for (const { provide, useValue } of [...overrides, { provide: Clock, useValue: clock }]) {
    builder.overrideProvider(provide).useValue(useValue);
  }
  try {
    const context = await builder.compile();
    await context.init();
    return {
      get: <T>(token: Token<T>): T => context.get<T>(token as Type<T>, { strict: false }),
      database: context.get(Database),
      clock,
      storage,
      schema,
      runJobs: () => context.get(JobRunner).drain(),
      runSchedule: (type) => context.get(ScheduleRunner).runNow(type),
      close: async () => {
        await context.close();
        if (beside === undefined) await storage.drop();
      },
    };
  } catch (error) {
    if (beside === undefined) await storage.drop();
    throw error;
  }
}
