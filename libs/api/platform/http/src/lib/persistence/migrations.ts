import { migration } from '@tollgate/api/database';

export const httpMigrations = [
  migration({
    name: '2026-11-22-0100-idempotency',
    up: (t) => [
      `CREATE TABLE idempotency_record (
        id ${t.key(64)} NOT NULL PRIMARY KEY,
        organization_id ${t.id} NOT NULL,
        fingerprint ${t.key(64)} NOT NULL,
        status ${t.int} NOT NULL,
        body ${t.long} NULL,
        created_at ${t.instant} NOT NULL,
        expires_at ${t.instant} NOT NULL
      )${t.tableOptions}`,
      'CREATE INDEX idempotency_record_expiry ON idempotency_record (expires_at)',
    ],
    down: () => ['DROP TABLE idempotency_record'],
  }),
];
