import type { Migration } from '@tollgate/api/database';
import { COUNTERS } from '../usage-meter';

const counters = (type: string) => COUNTERS.map((counter) => `${counter} ${type} NOT NULL DEFAULT 0`).join(', ');

const usage: Migration = {
  name: '2026-11-22-0700-usage',
  up: (t) => [
    `CREATE TABLE usage_event (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id} NOT NULL, application_id ${t.id} NOT NULL,
      test ${t.bool} NOT NULL, channel ${t.key(8)} NOT NULL, country ${t.key(2)} NOT NULL, provider ${t.key(40)} NOT NULL,
      cohort_bucket ${t.instant} NOT NULL, event_bucket ${t.instant} NOT NULL, happened_at ${t.instant} NOT NULL,
      action ${t.key(16)}, result ${t.key(8)}, verification_id ${t.id},
      latency_kind ${t.key(8)}, latency_key ${t.int}, folded ${t.bool} NOT NULL DEFAULT 0, ${counters(t.int)})${t.tableOptions}`,
    'CREATE INDEX usage_event_unfolded ON usage_event (folded, id)',
    'CREATE INDEX usage_event_by_organization ON usage_event (organization_id, test, happened_at, id)',
    'CREATE INDEX usage_event_by_time ON usage_event (test, happened_at, id)',
    `CREATE TABLE usage_rollup (rollup_key ${t.key(220)} NOT NULL PRIMARY KEY, view_name ${t.key(8)} NOT NULL, bucket ${t.instant} NOT NULL,
      organization_id ${t.id} NOT NULL, application_id ${t.id} NOT NULL, test ${t.bool} NOT NULL, channel ${t.key(8)} NOT NULL,
      country ${t.key(2)} NOT NULL, provider ${t.key(40)} NOT NULL, delivery_sketch ${t.long}, approval_sketch ${t.long},
      ${counters(t.amount)})${t.tableOptions}`,
    'CREATE INDEX usage_rollup_by_organization ON usage_rollup (organization_id, view_name, test, bucket)',
    'CREATE INDEX usage_rollup_by_time ON usage_rollup (view_name, test, bucket)',
  ],
  down: () => ['DROP TABLE usage_rollup', 'DROP TABLE usage_event'],
};

const logs: Migration = {
  name: '2026-11-22-0701-request-log',
  up: (t) => [
    `CREATE TABLE request_log (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id}, application_id ${t.id}, test ${t.bool} NOT NULL,
      happened_at ${t.instant} NOT NULL, request_id ${t.key(64)} NOT NULL, event ${t.key(80)} NOT NULL, method ${t.key(8)} NOT NULL,
      endpoint ${t.key(120)} NOT NULL, status ${t.int} NOT NULL, status_class ${t.key(3)} NOT NULL, error_code ${t.key(64)},
      effective_address ${t.key(64)} NOT NULL, forwarded_for ${t.text(400)}, remote_address ${t.key(64)} NOT NULL,
      user_agent ${t.text(300)}, principal_id ${t.key(64)}, principal_label ${t.text(254)}, duration_us ${t.amount} NOT NULL,
      replayed ${t.bool} NOT NULL)${t.tableOptions}`,
    'CREATE INDEX request_log_by_organization ON request_log (organization_id, test, happened_at, id)',
    'CREATE INDEX request_log_by_time ON request_log (test, happened_at, id)',
    'CREATE INDEX request_log_by_request ON request_log (request_id)',
    `CREATE TABLE export_job (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id}, created_by ${t.key(64)} NOT NULL,
      list_name ${t.key(40)} NOT NULL, format ${t.key(8)} NOT NULL, filters ${t.long} NOT NULL, test ${t.bool} NOT NULL,
      application_id ${t.id}, status ${t.key(8)} NOT NULL, row_count ${t.int} NOT NULL, total_rows ${t.int}, size_bytes ${t.amount},
      created_at ${t.instant} NOT NULL, finished_at ${t.instant}, expires_at ${t.instant} NOT NULL)${t.tableOptions}`,
    'CREATE INDEX export_job_by_creator ON export_job (created_by, created_at, id)',
    'CREATE INDEX export_job_by_expiry ON export_job (expires_at)',
  ],
  down: () => ['DROP TABLE export_job', 'DROP TABLE request_log'],
};

export const metricsMigrations: readonly Migration[] = [usage, logs];
