import BetterSqlite3 from 'better-sqlite3';
import mysql from 'mysql2';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { SchemaPart } from '../schema';
import type { DatabaseSettings } from '../settings';
import { TransactionContext } from '../transaction-context';
import { FencedMysqlDriver } from './fenced-mysql-driver';
import { FencedSqliteDriver } from './fenced-sqlite-driver';
import { PREPARED_PER_CONNECTION } from './prepared-statements';

export interface OpenDatabase {
  readonly dataSource: DataSource;
  readonly context: TransactionContext;
}

type EntityList = NonNullable<DataSourceOptions['entities']>;

const SQL_MODE = [
  'STRICT_ALL_TABLES',
  'ERROR_FOR_DIVISION_BY_ZERO',
  'NO_ZERO_DATE',
  'NO_ZERO_IN_DATE',
  'NO_ENGINE_SUBSTITUTION',
  'ONLY_FULL_GROUP_BY',
].join(',');

/** What every new connection is told before its first statement. */
const SESSION = [
  `SET SESSION sql_mode = '${SQL_MODE}', time_zone = '+00:00', innodb_lock_wait_timeout = 8`,
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
];

function entitiesOf(parts: readonly SchemaPart[]): EntityList {
  return parts.flatMap((part) => [...part.entities]) as unknown as EntityList;
}

interface Pool {
  on(
    event: 'connection',
    listener: (connection: { query(sql: string, done: (e: unknown) => void): void; destroy(): void }) => void,
  ): void;
}

/** `?tls=true` checks the server's certificate, `?tls=unverified` only encrypts; nothing, or `false`, is plain. */
function tlsOf(url: URL): { readonly rejectUnauthorized: boolean } | null {
  const wanted = url.searchParams.get('tls') ?? 'false';
  if (wanted === 'false') return null;
  if (wanted === 'true' || wanted === 'unverified') return { rejectUnauthorized: wanted === 'true' };
  throw new Error('tls in DATABASE_URL takes true, unverified or false');
}

function mysqlSource(settings: DatabaseSettings & { engine: 'mysql' }, parts: readonly SchemaPart[]): DataSource {
  const url = new URL(settings.url);
  const tls = tlsOf(url);
  return new DataSource({
    type: 'mysql',
    driver: {
      ...mysql,
      createPool: (options: mysql.PoolOptions) => {
        const pool = mysql.createPool(options);
        (pool as unknown as Pool).on('connection', (connection) => {
          for (const sql of SESSION) {
            connection.query(sql, (error) => {
              if (error !== null) connection.destroy();
            });
          }
        });
        return pool;
      },
    },
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? 3306 : Number(url.port),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    charset: 'UTF8MB4_BIN',
    timezone: 'Z',
    ...(tls === null ? {} : { ssl: tls }),
    connectTimeout: 5_000,
    supportBigNumbers: true,
    bigNumberStrings: false,
    multipleStatements: false,
    poolSize: settings.poolSize ?? 16,
    extra: {
      decimalNumbers: true,
      enableKeepAlive: true,
      idleTimeout: 300_000,
      dateStrings: true,
      maxPreparedStatements: PREPARED_PER_CONNECTION,
    },
    entities: entitiesOf(parts),
    synchronize: false,
    logging: false,
  });
}

/** Connects, with the fence of the engine in place of TypeORM's own driver. */
export async function openDatabase(settings: DatabaseSettings, parts: readonly SchemaPart[]): Promise<OpenDatabase> {
  const context = new TransactionContext();
  if (settings.engine === 'mysql') {
    const dataSource = mysqlSource(settings, parts);
    Object.assign(dataSource, { driver: new FencedMysqlDriver(dataSource, context) });
    await dataSource.initialize();
    return { dataSource, context };
  }
  const dataSource = new DataSource({
    type: 'better-sqlite3',
    driver: BetterSqlite3,
    database: settings.file,
    entities: entitiesOf(parts),
    synchronize: false,
    logging: false,
  });
  Object.assign(dataSource, { driver: new FencedSqliteDriver(dataSource, context, settings.file, settings.writer) });
  await dataSource.initialize();
  return { dataSource, context };
}
