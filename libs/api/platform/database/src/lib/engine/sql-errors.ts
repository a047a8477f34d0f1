import { DomainError } from '@tollgate/api/kernel';
import { QueryFailedError } from 'typeorm';

interface DriverError {
  readonly code?: unknown;
  readonly errno?: unknown;
  /** mysql2: the connection is of no more use. */
  readonly fatal?: unknown;
}

function driverErrorOf(error: unknown): DriverError {
  const failed = error instanceof DomainError ? error.cause : error;
  const cause: unknown = failed instanceof QueryFailedError ? failed.driverError : failed;
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

const OUTAGE_ERRNO: ReadonlySet<unknown> = new Set([
  1040, // ER_CON_COUNT_ERROR
  1047, // Galera: the node is not ready
  1053, // ER_SERVER_SHUTDOWN
  1290, // ER_OPTION_PREVENTS_STATEMENT: read-only after a failover
  1836, // ER_READ_ONLY_MODE
  1927, // MariaDB: the connection was killed
]);
const OUTAGE_CODE =
  /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOST|ENETUNREACH|PROTOCOL_|SQLITE_(BUSY|FULL|IOERR|CANTOPEN|READONLY|NOMEM))/;

/** Whether the database cannot work at all just now: it is away, restarting, full or read-only. */
export function isOutage(error: unknown): boolean {
  if (error instanceof DomainError && error.code === 'unavailable') return true;
  const { code, errno, fatal } = driverErrorOf(error);
  return fatal === true || OUTAGE_ERRNO.has(errno) || OUTAGE_CODE.test(String(code));
}

const UNSTORABLE_ERRNO: ReadonlySet<unknown> = new Set([
  1267, // ER_CANT_AGGREGATE_2COLLATIONS: an ascii key compared with text that is not ascii
  1270, // ER_CANT_AGGREGATE_3COLLATIONS
  1271, // ER_CANT_AGGREGATE_NCOLLATIONS
  1366, // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD: the same, stored
]);

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
 * it, and both end up in logs. An outage is `unavailable`, so that callers are told to come back; text that an ascii
 * column cannot hold is `validation_failed` (MySQL alone: SQLite finds nothing).
 */
export function queryFailed(sql: string, cause: unknown): Error {
  const error = isErrorLike(cause) ? cause : new Error(String(cause));
  if ('sql' in error) delete error.sql;
  const failed = new QueryFailedError(sql, [], error);
  if (isOutage(failed)) return new DomainError('unavailable', {}, failed);
  if (UNSTORABLE_ERRNO.has(driverErrorOf(failed).errno)) {
    return new DomainError('validation_failed', { detail: 'A value holds characters that its field cannot' }, failed);
  }
  return failed;
}

/** What a caller is told once trying again did not help. */
export function finalError(error: unknown): unknown {
  return isContentionError(error) ? new DomainError('unavailable', { retryAfter: 1 }, error) : error;
}
