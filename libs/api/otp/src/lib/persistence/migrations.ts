import type { Dialect, Migration } from '@tollgate/api/database';

/**
 * `verification` is written by every start and every check, so it has few indexes: ids sort by creation, and lists
 * and reports by time read ranges of ids. `pending_key` is null but for pending rows: unique keys ignore nulls on both
 * engines, and that is how one destination has one pending verification.
 */
const verification = (t: Dialect): string[] => [
  `CREATE TABLE verification (
    id ${t.id} NOT NULL PRIMARY KEY,
    organization_id ${t.id} NOT NULL,
    application_id ${t.id} NOT NULL,
    test ${t.bool} NOT NULL,
    channel ${t.key(8)} NOT NULL,
    purpose ${t.key(40)} NOT NULL,
    status ${t.key(16)} NOT NULL,
    pending_key ${t.key(64)},
    destination_hash ${t.key(64)},
    limit_hash ${t.key(64)},
    destination_sealed ${t.key(700)},
    destination_masked ${t.text(330)},
    country ${t.key(2)},
    prefix ${t.key(254)},
    locale ${t.key(35)} NOT NULL,
    factor_id ${t.id},
    test_number_id ${t.id},
    scenario ${t.key(2)},
    code_key_id ${t.key(64)} NOT NULL,
    generation ${t.int} NOT NULL,
    code_length ${t.int} NOT NULL,
    max_checks ${t.int} NOT NULL,
    check_count ${t.int} NOT NULL,
    send_count ${t.int} NOT NULL,
    step ${t.int} NOT NULL,
    created_at ${t.instant} NOT NULL,
    expires_at ${t.instant} NOT NULL,
    resend_at ${t.instant},
    first_check_at ${t.instant},
    ended_at ${t.instant},
    charged ${t.amount} NOT NULL,
    held ${t.amount} NOT NULL,
    start_price ${t.amount} NOT NULL,
    check_price ${t.amount} NOT NULL,
    check_price_id ${t.id},
    details ${t.long} NOT NULL,
    personal ${t.long}
  )${t.tableOptions}`,
  `CREATE UNIQUE INDEX verification_pending ON verification (pending_key)`,
  `CREATE INDEX verification_due ON verification (status, expires_at)`,
  `CREATE INDEX verification_by_organization ON verification (organization_id, test, id)`,
  `CREATE INDEX verification_by_application ON verification (application_id, test, id)`,
  `CREATE INDEX verification_by_destination ON verification (destination_hash)`,
];

const parts = (t: Dialect): string[] => [
  `CREATE TABLE verification_send (
    message_id ${t.id} NOT NULL PRIMARY KEY,
    verification_id ${t.id} NOT NULL,
    organization_id ${t.id} NOT NULL,
    seq ${t.int} NOT NULL,
    channel ${t.key(8)} NOT NULL,
    cause ${t.key(10)} NOT NULL,
    destination_masked ${t.text(330)},
    destination_hash ${t.key(64)},
    country ${t.key(2)},
    price ${t.amount} NOT NULL,
    state ${t.key(12)} NOT NULL,
    provider ${t.key(60)},
    queued_at ${t.instant} NOT NULL,
    accepted_at ${t.instant},
    refunded_at ${t.instant}
  )${t.tableOptions}`,
  `CREATE INDEX verification_send_of ON verification_send (verification_id)`,
  `CREATE TABLE verification_check (
    id ${t.id} NOT NULL PRIMARY KEY,
    verification_id ${t.id} NOT NULL,
    organization_id ${t.id} NOT NULL,
    application_id ${t.id} NOT NULL,
    test ${t.bool} NOT NULL,
    channel ${t.key(8)} NOT NULL,
    outcome ${t.key(20)} NOT NULL,
    counted ${t.bool} NOT NULL,
    request_id ${t.key(60)},
    at ${t.instant} NOT NULL
  )${t.tableOptions}`,
  `CREATE INDEX verification_check_of ON verification_check (verification_id)`,
  `CREATE TABLE verification_event (
    id ${t.id} NOT NULL PRIMARY KEY,
    verification_id ${t.id} NOT NULL,
    organization_id ${t.id} NOT NULL,
    kind ${t.key(20)} NOT NULL,
    data ${t.long} NOT NULL,
    at ${t.instant} NOT NULL
  )${t.tableOptions}`,
  `CREATE INDEX verification_event_of ON verification_event (verification_id)`,
];

const factors = (t: Dialect): string[] => [
  `CREATE TABLE factor (
    id ${t.id} NOT NULL PRIMARY KEY,
    organization_id ${t.id} NOT NULL,
    application_id ${t.id} NOT NULL,
    test ${t.bool} NOT NULL,
    status ${t.key(10)} NOT NULL,
    user_ref ${t.text(128)} NOT NULL,
    label ${t.text(120)} NOT NULL,
    secret_sealed ${t.key(300)},
    last_step ${t.amount} NOT NULL,
    failed_count ${t.int} NOT NULL,
    locked_until ${t.instant},
    created_at ${t.instant} NOT NULL,
    activated_at ${t.instant},
    deleted_at ${t.instant},
    last_used_at ${t.instant}
  )${t.tableOptions}`,
  `CREATE INDEX factor_by_organization ON factor (organization_id, test, id)`,
  `CREATE INDEX factor_by_user ON factor (application_id, test, user_ref)`,
  `CREATE TABLE factor_recovery_code (
    id ${t.id} NOT NULL PRIMARY KEY,
    factor_id ${t.id} NOT NULL,
    code_hash ${t.key(64)} NOT NULL,
    used_at ${t.instant}
  )${t.tableOptions}`,
  `CREATE UNIQUE INDEX factor_recovery_code_of ON factor_recovery_code (factor_id, code_hash)`,
  `CREATE TABLE factor_check (
    id ${t.id} NOT NULL PRIMARY KEY,
    factor_id ${t.id} NOT NULL,
    organization_id ${t.id} NOT NULL,
    application_id ${t.id} NOT NULL,
    test ${t.bool} NOT NULL,
    outcome ${t.key(20)} NOT NULL,
    price ${t.amount} NOT NULL,
    request_id ${t.key(60)},
    at ${t.instant} NOT NULL
  )${t.tableOptions}`,
  `CREATE INDEX factor_check_of ON factor_check (factor_id)`,
];

/**
 * Lists by status within an organization: without it one that asks for a rare status reads every row of the
 * organization, seconds among a million, and SQLite reads in the thread that serves everybody.
 */
const lists = (): string[] => [
  `CREATE INDEX verification_by_status ON verification (organization_id, test, status, id)`,
];

const drop = (tables: readonly string[]) => tables.map((table) => `DROP TABLE ${table}`);

export const otpMigrations: readonly Migration[] = [
  { name: '2026-11-22-0500-verification', up: verification, down: () => drop(['verification']) },
  {
    name: '2026-11-22-0501-verification-parts',
    up: parts,
    down: () => drop(['verification_event', 'verification_check', 'verification_send']),
  },
  {
    name: '2026-11-22-0502-factors',
    up: factors,
    down: () => drop(['factor_check', 'factor_recovery_code', 'factor']),
  },
  {
    name: '2026-11-22-0503-verification-lists',
    up: lists,
    down: (t) => [`DROP INDEX verification_by_status${t.engine === 'mysql' ? ' ON verification' : ''}`],
  },
];
