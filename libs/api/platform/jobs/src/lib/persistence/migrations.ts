import { migration, type SchemaPart } from '@tollgate/api/database';

export const jobsSchema: SchemaPart = {
  entities: [],
  migrations: [
    migration({
      name: '2026-11-22-0020-jobs',
      up: (t) => [
        `CREATE TABLE job (id ${t.id} NOT NULL PRIMARY KEY, type ${t.key(80)} NOT NULL, payload ${t.long} NOT NULL, waiting_key ${t.key(64)} NULL, state ${t.key(10)} NOT NULL, run_at ${t.instant} NOT NULL, attempts ${t.int} NOT NULL, claim ${t.id} NULL, lease_until ${t.instant} NULL, error ${t.text(500)} NULL, created_at ${t.instant} NOT NULL, finished_at ${t.instant} NULL)${t.tableOptions}`,
        'CREATE UNIQUE INDEX job_waiting_key ON job (waiting_key)',
        'CREATE INDEX job_due ON job (state, run_at, id)',
        `CREATE TABLE job_schedule (type ${t.key(80)} NOT NULL PRIMARY KEY, next_run_at ${t.instant} NOT NULL, holder ${t.id} NULL, lease_until ${t.instant} NOT NULL, last_run_at ${t.instant} NULL, error ${t.text(500)} NULL)${t.tableOptions}`,
      ],
      down: () => ['DROP TABLE job_schedule', 'DROP TABLE job'],
    }),
  ],
};
