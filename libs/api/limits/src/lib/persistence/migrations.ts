import type { Dialect, Migration } from '@tollgate/api/database';
import { DEFAULT_FRAUD_RULES } from '../domain/fraud-defaults';
import { DEFAULT_LIMITS } from '../domain/limit-rules';

/** 2026-11-22T00:00:00Z. */
const BEGINNING = 1_795_305_600_000;

const seedId = (prefix: string, n: number): string => `${prefix}_01KAM${String(n).padStart(21, '0')}`;

const rules = (t: Dialect): string => `CREATE TABLE rate_limit_rule (
  id ${t.id} NOT NULL PRIMARY KEY,
  policy ${t.key(32)} NOT NULL,
  channel ${t.key(8)} NOT NULL,
  quota ${t.int} NOT NULL,
  window_seconds ${t.int} NOT NULL,
  enabled ${t.bool} NOT NULL,
  updated_at ${t.instant} NOT NULL,
  updated_by ${t.text(254)} NOT NULL
)${t.tableOptions}`;

const fraudRules = (t: Dialect): string => `CREATE TABLE fraud_rule (
  id ${t.id} NOT NULL PRIMARY KEY,
  rule ${t.key(32)} NOT NULL,
  mode ${t.key(8)} NOT NULL,
  parameters ${t.long} NOT NULL,
  updated_at ${t.instant} NOT NULL,
  updated_by ${t.text(254)} NOT NULL
)${t.tableOptions}`;

const fraudAllow = (t: Dialect): string => `CREATE TABLE fraud_allow (
  kind ${t.key(16)} NOT NULL,
  value ${t.key(64)} NOT NULL,
  created_at ${t.instant} NOT NULL,
  created_by ${t.text(254)} NOT NULL,
  PRIMARY KEY (kind, value)
)${t.tableOptions}`;

/** A row for each set of rules, raised with each change: whoever changes says which version they read. */
const ruleVersions = (t: Dialect): string => `CREATE TABLE rule_version (
  name ${t.key(16)} NOT NULL PRIMARY KEY,
  version ${t.int} NOT NULL
)${t.tableOptions}`;

/** One row a destination of an organization, with both of its windows: one statement counts and decides. */
const destinations = (t: Dialect): string => `CREATE TABLE destination_counter (
  destination_hash ${t.key(64)} NOT NULL,
  organization_id ${t.id} NOT NULL,
  test ${t.bool} NOT NULL,
  short_start ${t.instant} NOT NULL,
  short_count ${t.int} NOT NULL,
  long_start ${t.instant} NOT NULL,
  long_count ${t.int} NOT NULL,
  PRIMARY KEY (destination_hash, organization_id, test)
)${t.tableOptions}`;

const guesses = (t: Dialect): string => `CREATE TABLE guess_counter (
  id ${t.id} NOT NULL PRIMARY KEY,
  organization_id ${t.id} NOT NULL,
  application_id ${t.id} NOT NULL,
  test ${t.bool} NOT NULL,
  destination_hash ${t.key(64)} NOT NULL,
  window_start ${t.instant} NOT NULL,
  window_count ${t.int} NOT NULL,
  consecutive ${t.int} NOT NULL,
  blocked_until ${t.instant} NOT NULL,
  locked ${t.bool} NOT NULL,
  last_wrong_at ${t.instant} NOT NULL
)${t.tableOptions}`;

/** Insert-only: what live keys started and what of it was approved. No number, no mailbox, no user. */
const attempts = (t: Dialect): string => `CREATE TABLE start_attempt (
  id ${t.id} NOT NULL PRIMARY KEY,
  organization_id ${t.id} NOT NULL,
  application_id ${t.id} NOT NULL,
  kind ${t.key(8)} NOT NULL,
  channel ${t.key(8)} NOT NULL,
  country ${t.key(2)},
  prefix ${t.key(255)},
  network ${t.key(64)},
  user_hash ${t.key(64)},
  destination_hash ${t.key(64)},
  at ${t.instant} NOT NULL
)${t.tableOptions}`;

const conversionDays = (t: Dialect): string => `CREATE TABLE conversion_day (
  organization_id ${t.id} NOT NULL,
  country ${t.key(2)} NOT NULL,
  day ${t.instant} NOT NULL,
  started ${t.int} NOT NULL,
  approved ${t.int} NOT NULL,
  PRIMARY KEY (organization_id, country, day)
)${t.tableOptions}`;

const refusals = (t: Dialect): string => `CREATE TABLE refusal (
  id ${t.id} NOT NULL PRIMARY KEY,
  request_id ${t.key(64)} NOT NULL,
  organization_id ${t.id} NOT NULL,
  application_id ${t.id} NOT NULL,
  test ${t.bool} NOT NULL,
  outcome ${t.key(16)} NOT NULL,
  code ${t.key(64)} NOT NULL,
  policy ${t.key(64)},
  reasons ${t.long} NOT NULL,
  kind ${t.key(8)} NOT NULL,
  channel ${t.key(8)} NOT NULL,
  destination_masked ${t.text(260)},
  destination_hash ${t.key(64)},
  country ${t.key(2)},
  prefix ${t.key(255)},
  network ${t.key(64)},
  client_ip ${t.key(64)},
  user_hash ${t.key(64)},
  retry_after ${t.int},
  at ${t.instant} NOT NULL
)${t.tableOptions}`;

const suppressions = (t: Dialect): string => `CREATE TABLE suppression (
  id ${t.id} NOT NULL PRIMARY KEY,
  organization_id ${t.id} NOT NULL,
  channel ${t.key(8)} NOT NULL,
  destination_hash ${t.key(64)} NOT NULL,
  destination_masked ${t.text(260)},
  reason ${t.key(32)} NOT NULL,
  note ${t.text(200)},
  ends_at ${t.instant},
  created_at ${t.instant} NOT NULL,
  created_by ${t.text(254)} NOT NULL
)${t.tableOptions}`;

export const limitMigrations: readonly Migration[] = [
  {
    name: '2026-11-22-0420-limit-rules',
    up: (t) => [
      rules(t),
      'CREATE UNIQUE INDEX rate_limit_rule_policy ON rate_limit_rule (policy, channel)',
      ruleVersions(t),
      `INSERT INTO rule_version (name, version) VALUES ('limits', 1), ('fraud', 1)`,
      ...DEFAULT_LIMITS.map(
        (rule, i) => `INSERT INTO rate_limit_rule (id, policy, channel, quota, window_seconds, enabled, updated_at,
          updated_by) VALUES ('${seedId('lim', i + 1)}', '${rule.policy}', '${rule.channel}', ${rule.quota},
          ${rule.windowSeconds}, ${rule.enabled ? 1 : 0}, ${BEGINNING}, 'system:install')`,
      ),
    ],
    down: () => ['DROP TABLE rule_version', 'DROP TABLE rate_limit_rule'],
  },
  {
    name: '2026-11-22-0421-fraud-rules',
    up: (t) => [
      fraudRules(t),
      'CREATE UNIQUE INDEX fraud_rule_name ON fraud_rule (rule)',
      fraudAllow(t),
      ...DEFAULT_FRAUD_RULES.map(
        ({ rule, mode, parameters }, i) => `INSERT INTO fraud_rule (id, rule, mode, parameters, updated_at, updated_by)
          VALUES ('${seedId('frl', i + 1)}', '${rule}', '${mode}', '${JSON.stringify(parameters)}', ${BEGINNING},
          'system:install')`,
      ),
    ],
    down: () => ['DROP TABLE fraud_allow', 'DROP TABLE fraud_rule'],
  },
  {
    name: '2026-11-22-0422-limit-counters',
    up: (t) => [
      destinations(t),
      'CREATE INDEX destination_counter_age ON destination_counter (long_start)',
      guesses(t),
      'CREATE UNIQUE INDEX guess_counter_subject ON guess_counter (application_id, destination_hash, test)',
      'CREATE INDEX guess_counter_age ON guess_counter (last_wrong_at, id)',
      attempts(t),
      'CREATE INDEX start_attempt_destination ON start_attempt (destination_hash, organization_id)',
      conversionDays(t),
      'CREATE INDEX conversion_day_age ON conversion_day (day)',
    ],
    down: () => [
      'DROP TABLE conversion_day',
      'DROP TABLE start_attempt',
      'DROP TABLE guess_counter',
      'DROP TABLE destination_counter',
    ],
  },
  {
    name: '2026-11-22-0423-refusals',
    up: (t) => [
      refusals(t),
      'CREATE INDEX refusal_request ON refusal (request_id)',
      'CREATE INDEX refusal_organization ON refusal (organization_id, at, id)',
      'CREATE INDEX refusal_at ON refusal (at, id)',
      suppressions(t),
      'CREATE UNIQUE INDEX suppression_destination ON suppression (organization_id, destination_hash, channel)',
      'CREATE INDEX suppression_created ON suppression (created_at, id)',
    ],
    down: () => ['DROP TABLE suppression', 'DROP TABLE refusal'],
  },
];
