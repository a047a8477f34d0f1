import type { Engine } from './database';

/**
 * The words in which a migration is written once for both engines. Statements use the SQL that SQLite, MySQL 8 and
 * MariaDB 10.11 share; whatever differs is a word here.
 */
export interface Dialect {
  readonly engine: Engine;
  /** `org_…` and other ids: ascii, compared byte by byte. */
  readonly id: string;
  /** Ascii keys, hashes, codes, up to n characters, compared byte by byte. */
  key(n: number): string;
  /** Unicode text up to n characters, compared byte by byte. */
  text(n: number): string;
  /** Long text or JSON. */
  readonly long: string;
  /** Epoch milliseconds UTC. */
  readonly instant: string;
  /** Integer amounts: milli-credits, minor units. */
  readonly amount: string;
  readonly int: string;
  /** 0 or 1. */
  readonly bool: string;
  readonly bytes: string;
  /** Closes CREATE TABLE: engine and character set on MySQL, nothing on SQLite. */
  readonly tableOptions: string;
}

/** One step. Its name orders it: `2026-11-22-0100-organizations`. Immutable once it has landed. */
export interface Migration {
  readonly name: string;
  /** One statement each: MySQL's DDL is not transactional, so a step that stopped half-way goes on where it was. */
  up(dialect: Dialect): string[];
  down(dialect: Dialect): string[];
}

type EntityClass = abstract new (...args: never[]) => unknown;

/** What a slice adds to the schema: `static readonly schema` of its Nest module. */
export interface SchemaPart {
  readonly entities: readonly EntityClass[];
  readonly migrations: readonly Migration[];
}
