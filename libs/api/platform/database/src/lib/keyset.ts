import type { Page } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';
import { createHash } from 'node:crypto';
import type { Database, SqlValue } from './database';

/** One condition of a list: SQL with `?`, and its values. */
export interface Condition {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** `where('status = ?', status)`. The SQL is a literal of the repository, never text of a caller. */
export function where(sql: string, ...values: readonly SqlValue[]): Condition {
  return { sql, values };
}

export interface KeysetList<Row, View> {
  /** The list's name; a cursor of another list is refused. */
  readonly list: string;
  /** Columns, as after SELECT. */
  readonly select: string;
  /** Tables, as after FROM. */
  readonly from: string;
  /** The unique column that breaks ties, as in SQL. */
  readonly id: string;
  /** Sort fields of the contract and their columns: NOT NULL, with an index that ends in the id. */
  readonly sorts: Readonly<Record<string, string>>;
  /** `created_at`, or `-created_at` for descending. */
  readonly sort: string;
  /** Conditions; null and undefined ones are left out. They also bind the cursor. */
  readonly where: readonly (Condition | null | undefined)[];
  /** Rows a page; 50 unless told, at most 200. */
  readonly limit?: number | undefined;
  /** `next_cursor` of the page before. */
  readonly cursor?: string | null | undefined;
  readonly map: (row: Row) => View;
}

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 200;
/** Up to here `total_estimate` is exact; beyond it counting would read without bound. */
const COUNTED = 10_000;

interface Position {
  readonly value: string | number;
  readonly id: string;
}

/** Ties a cursor to its list, order and filters, so that it cannot be carried to another. */
function bindingOf(list: string, sort: string, conditions: readonly Condition[]): string {
  const filters = conditions.map(({ sql, values }) => [sql, values.map((value) => String(value))]);
  return createHash('sha256')
    .update(JSON.stringify([list, sort, filters]))
    .digest('base64url')
    .slice(0, 16);
}

/**
 * A cursor holds only the position of a row that its reader has seen, and every page applies the filters again, so
 * it needs no secret: a made-up one shows nothing that the list would not.
 */
function encode(binding: string, position: Position): string {
  return Buffer.from(JSON.stringify([binding, position.value, position.id])).toString('base64url');
}

function decode(binding: string, cursor: string): Position {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && parsed.length === 3 && parsed[0] === binding) {
      const [, value, id] = parsed as unknown[];
      if (
        typeof id === 'string' &&
        /^[\x21-\x7e]{1,100}$/.test(id) &&
        (typeof value === 'string' || Number.isFinite(value))
      ) {
        return { value: value as string | number, id };
      }
    }
  } catch {
    // Not ours, like everything else that is not.
  }
  throw new DomainError('invalid_cursor', { param: 'cursor' });
}

/**
 * One page of a list by keyset: rows that appear or vanish meanwhile neither repeat nor skip others.
 * Errors: `invalid_cursor`; `validation_failed` for a sort that is not declared.
 */
export async function keysetPage<Row extends object, View>(
  database: Database,
  list: KeysetList<Row, View>,
): Promise<Page<View>> {
  const descending = list.sort.startsWith('-');
  const field = descending ? list.sort.slice(1) : list.sort;
  const column = Object.hasOwn(list.sorts, field) ? list.sorts[field] : undefined;
  if (column === undefined) throw new DomainError('validation_failed', { param: 'sort' });
  const limit = Math.min(Math.max(Math.trunc(list.limit ?? DEFAULT_LIMIT), 1), MAX_LIMIT);
  const conditions = list.where.filter((condition) => condition !== null && condition !== undefined);
  const binding = bindingOf(list.list, list.sort, conditions);
  const after = list.cursor === null || list.cursor === undefined ? [] : [decode(binding, list.cursor)];

  const op = descending ? '<' : '>';
  const onward = after.map(({ value, id }) =>
    where(`${column} ${op}= ? AND (${column} ${op} ? OR ${list.id} ${op} ?)`, value, value, id),
  );
  const direction = descending ? 'DESC' : 'ASC';
  const page = filtered(list.from, [...conditions, ...onward]);
  const rows = await database.query<Row & { keyset_value: string | number; keyset_id: string }>(
    `SELECT ${list.select}, ${column} AS keyset_value, ${list.id} AS keyset_id FROM ${page.sql} ORDER BY ${column} ${direction}, ${list.id} ${direction} LIMIT ${limit + 1}`,
    page.values,
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map((row) => list.map(row)),
    next_cursor:
      rows.length > limit && last !== undefined
        ? encode(binding, { value: last.keyset_value, id: last.keyset_id })
        : null,
    total_estimate: await countBounded(database, list.from, conditions),
  };
}

function filtered(from: string, conditions: readonly Condition[]): Condition {
  if (conditions.length === 0) return where(from);
  return where(
    `${from} WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`,
    ...conditions.flatMap(({ values }) => values),
  );
}

async function countBounded(
  database: Database,
  from: string,
  conditions: readonly Condition[],
): Promise<number | null> {
  const all = filtered(from, conditions);
  const [row] = await database.query<{ total: number }>(
    `SELECT COUNT(*) AS total FROM (SELECT 1 AS one FROM ${all.sql} LIMIT ${COUNTED + 1}) counted`,
    all.values,
  );
  const total = row?.total ?? 0;
  return total > COUNTED ? null : total;
}
