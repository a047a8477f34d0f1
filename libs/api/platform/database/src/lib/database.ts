import type { EntityManager } from 'typeorm';

export type Engine = 'sqlite' | 'mysql';
export type SqlValue = string | number | bigint | Buffer | null;

/**
 * The door of repositories to the database. Everything goes through the transaction of the running flow when there
 * is one. SQL uses `?` and the subset that SQLite, MySQL 8 and MariaDB 10.11 share; where they differ a repository
 * asks for `engine`.
 */
export abstract class Database {
  abstract readonly engine: Engine;
  /** TypeORM's manager: of the open transaction, else one whose single writes are their own transaction. */
  abstract get manager(): EntityManager;
  /** Rows of a SELECT. Big integers come as safe JavaScript numbers. */
  abstract query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** A write; `affected` is the number of rows matched by the guard of an UPDATE or DELETE, or inserted. */
  abstract execute(sql: string, values?: readonly SqlValue[]): Promise<{ affected: number }>;
  /** Whether the error says that a unique key exists already. */
  abstract isDuplicate(error: unknown): boolean;
}
