import type { Migration } from '@tollgate/api/database';
import { PLATFORM_ORGANIZATION_ID } from '../domain/platform-organization';

export const organizationMigrations: readonly Migration[] = [
  {
    name: '2026-11-22-0210-organizations',
    up: (t) => [
      `CREATE TABLE organization (id ${t.id} NOT NULL PRIMARY KEY, slug ${t.key(48)} NOT NULL, name ${t.text(120)} NOT NULL,
        status ${t.key(20)} NOT NULL, country ${t.key(2)}, built_in ${t.bool} NOT NULL, suspended_at ${t.instant},
        suspension_reason ${t.text(500)}, time_zone ${t.text(64)} NOT NULL, locale ${t.key(35)} NOT NULL,
        low_balance_threshold ${t.amount}, daily_spend_cap ${t.amount}, refund_undelivered ${t.bool} NOT NULL,
        destination_retention_days ${t.int} NOT NULL, message_retention_days ${t.int} NOT NULL,
        request_log_retention_days ${t.int} NOT NULL, version ${t.int} NOT NULL, created_at ${t.instant} NOT NULL,
        updated_at ${t.instant} NOT NULL)${t.tableOptions}`,
      `CREATE UNIQUE INDEX organization_by_slug ON organization (slug)`,
      `CREATE INDEX organization_by_age ON organization (created_at, id)`,
      `CREATE INDEX organization_by_name ON organization (name, id)`,
      `INSERT INTO organization (id, slug, name, status, built_in, time_zone, locale, refund_undelivered,
          destination_retention_days, message_retention_days, request_log_retention_days, version, created_at, updated_at)
        VALUES ('${PLATFORM_ORGANIZATION_ID}', 'platform', 'Platform', 'active', 1, 'UTC', 'en', 0, 90, 90, 30, 1, 0, 0)`,
    ],
    down: () => ['DROP TABLE organization'],
  },
];
