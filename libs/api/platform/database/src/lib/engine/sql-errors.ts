import { QueryFailedError } from 'typeorm';

interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
}

function driverErrorOf(error: unknown): DriverError {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  return typeof cause === 'object' && cause !== null ? cause : {};
}

const DUPLICATE_ERRNO: ReadonlySet<unknown> = new Set([
  1062, // ER_DUP_ENTRY
  1586, // ER_DUP_ENTRY_WITH_KEY_NAME
]);
const DUPLICATE_CODE: ReadonlySet<unknown> = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY']);

export function isDuplicateError(error: unknown): boolean {
  const { code, errno } = driverErrorOf(error);
  return DUPLICATE_CODE.has(code) || DUPLICATE_ERRNO.has(errno);
}

const RETRYABLE_ERRNO: ReadonlySet<unknown> = new Set([
  1213, // ER_LOCK_DEADLOCK; also certification failure at COMMIT on Galera
  1205, // ER_LOCK_WAIT_TIMEOUT
  1020, // ER_CHECKREAD: MariaDB's snapshot check
  9007, // TiDB: write conflict
]);

/** Whether the server gave the transaction up although nothing was wrong with it: running it again may succeed. */
export function isContentionError(error: unknown): boolean {
  return error instanceof CommitLost || RETRYABLE_ERRNO.has(driverErrorOf(error).errno);
}

/** A unit of work that shared a SQLite transaction with another, whose failure undid both. Nothing of it is stored. */
export class CommitLost extends Error {
  constructor(cause: unknown) {
    super('the transaction was undone by a failure of the database', { cause });
    this.name = 'CommitLost';
  }
}

/** Not by `instanceof`: SQLite's errors are made in the realm that loaded the driver first, which in tests is another's. */
function isErrorLike(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && 'message' in value;
}

/**
 * The error of a statement, without its values: TypeORM keeps the parameters and mysql2 the whole text with values in
 * it, and both end up in logs.
 */
export function queryFailed(sql: string, cause: unknown): Error {
  const error = isErrorLike(cause) ? cause : new Error(String(cause));
  if ('sql' in error) delete error.sql;
  return new QueryFailedError(sql, [], error);
}
