import type { Migration } from '@tollgate/api/database';

/** One row: every setting as JSON, with the version that guards it. */
const settings: Migration = {
  name: '2026-11-22-0800-platform-settings',
  up: (t) => [
    `CREATE TABLE platform_setting (id ${t.key(16)} NOT NULL PRIMARY KEY, version ${t.int} NOT NULL, content ${t.long} NOT NULL,
      updated_at ${t.instant} NOT NULL)${t.tableOptions}`,
  ],
  down: () => ['DROP TABLE platform_setting'],
};

export const operationsMigrations: readonly Migration[] = [settings];
