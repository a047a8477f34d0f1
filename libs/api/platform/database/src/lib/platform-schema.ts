import { migration } from './migration';
import type { SchemaPart } from './schema';

/** Tables of the platform itself. */
export const platformSchema: SchemaPart = {
  entities: [],
  migrations: [
    migration({
      name: '2026-11-22-0001-cache-version',
      up: (t) => [
        `CREATE TABLE cache_version (topic ${t.key(80)} NOT NULL PRIMARY KEY, version ${t.amount} NOT NULL)${t.tableOptions}`,
      ],
      down: () => ['DROP TABLE cache_version'],
    }),
    migration({
      name: '2026-11-22-0002-process-lease',
      up: (t) => [
        `CREATE TABLE process_lease (name ${t.key(40)} NOT NULL PRIMARY KEY, holder ${t.id} NOT NULL, expires_at ${t.instant} NOT NULL)${t.tableOptions}`,
      ],
      down: () => ['DROP TABLE process_lease'],
    }),
  ],
};
