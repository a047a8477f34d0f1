import { migration, type Dialect, type Migration } from '@tollgate/api/database';
import { EMBEDDED_OUTBOX_ID } from '../domain/embedded-outbox';

/**
 * `message` is written by every send, so it has few indexes: ids sort by creation, and lists by time read ranges of ids.
 * `due_at` is the outbox: the instant from which somebody should take the message up, pushed ahead while somebody has
 * it, and null once nothing is to be done.
 */
const message = (t: Dialect): string[] => [
  `CREATE TABLE message (
    id ${t.id} NOT NULL PRIMARY KEY,
    organization_id ${t.id} NOT NULL,
    application_id ${t.id},
    test ${t.bool} NOT NULL,
    channel ${t.key(8)} NOT NULL,
    destination_hash ${t.key(64)},
    destination_sealed ${t.key(700)},
    destination_masked ${t.text(330)} NOT NULL,
    country ${t.key(2)},
    locale ${t.key(35)} NOT NULL,
    template ${t.key(40)} NOT NULL,
    template_id ${t.id},
    template_version ${t.int},
    variables ${t.long} NOT NULL,
    subject ${t.text(250)},
    source_type ${t.key(24)} NOT NULL,
    source_id ${t.id} NOT NULL,
    web_domain ${t.key(253)},
    android_hash ${t.key(11)},
    scenario ${t.key(2)},
    expires_at ${t.instant},
    state ${t.key(12)} NOT NULL,
    provider_id ${t.id},
    provider ${t.key(20)},
    provider_message_id ${t.key(120)},
    error_class ${t.key(24)},
    error_code ${t.key(60)},
    note ${t.key(100)},
    segments ${t.int},
    attempts ${t.int} NOT NULL,
    retries ${t.int} NOT NULL,
    redispatches ${t.int} NOT NULL,
    maybe_sent ${t.bool} NOT NULL,
    claim ${t.id},
    due_at ${t.instant},
    queued_at ${t.instant} NOT NULL,
    accepted_at ${t.instant},
    delivered_at ${t.instant}
  )${t.tableOptions}`,
  `CREATE INDEX message_due ON message (due_at)`,
  `CREATE INDEX message_by_organization ON message (organization_id, test, id)`,
  `CREATE INDEX message_by_source ON message (source_id)`,
  `CREATE INDEX message_by_destination ON message (destination_hash)`,
];

const attempts = (t: Dialect): string[] => [
  `CREATE TABLE message_attempt (
    id ${t.id} NOT NULL PRIMARY KEY,
    message_id ${t.id} NOT NULL,
    number ${t.int} NOT NULL,
    provider_id ${t.id},
    provider ${t.key(20)} NOT NULL,
    country ${t.key(2)},
    outcome ${t.key(10)} NOT NULL,
    error_class ${t.key(24)},
    error_code ${t.key(60)},
    provider_message_id ${t.key(120)},
    started_at ${t.instant} NOT NULL,
    latency_ms ${t.int}
  )${t.tableOptions}`,
  `CREATE INDEX message_attempt_by_message ON message_attempt (message_id)`,
  `CREATE INDEX message_attempt_by_provider ON message_attempt (provider_id, started_at)`,
  `CREATE INDEX message_attempt_by_provider_message ON message_attempt (provider_id, provider_message_id)`,
  // Its key is what makes a report that comes twice count once.
  `CREATE TABLE message_report (
    provider_id ${t.id} NOT NULL,
    event_key ${t.key(64)} NOT NULL,
    message_id ${t.id} NOT NULL,
    provider ${t.key(20)} NOT NULL,
    state ${t.key(12)} NOT NULL,
    error_class ${t.key(24)},
    error_code ${t.key(60)},
    applied ${t.bool} NOT NULL,
    received_at ${t.instant} NOT NULL,
    PRIMARY KEY (provider_id, event_key)
  )${t.tableOptions}`,
  `CREATE INDEX message_report_by_message ON message_report (message_id)`,
];

const providers = (t: Dialect): string[] => [
  `CREATE TABLE delivery_provider (
    id ${t.id} NOT NULL PRIMARY KEY,
    kind ${t.key(20)} NOT NULL,
    name ${t.text(80)} NOT NULL,
    channels ${t.key(20)} NOT NULL,
    countries ${t.long},
    priority ${t.int} NOT NULL,
    weight ${t.int} NOT NULL,
    enabled ${t.bool} NOT NULL,
    settings ${t.long} NOT NULL,
    callback_hash ${t.key(64)},
    callback_sealed ${t.key(200)},
    old_callback_hash ${t.key(64)},
    old_callback_until ${t.instant},
    version ${t.int} NOT NULL,
    deleted_at ${t.instant},
    created_at ${t.instant} NOT NULL,
    updated_at ${t.instant} NOT NULL
  )${t.tableOptions}`,
  `CREATE INDEX delivery_provider_by_priority ON delivery_provider (priority, id)`,
  `CREATE INDEX delivery_provider_by_name ON delivery_provider (name, id)`,
  `CREATE INDEX delivery_provider_by_age ON delivery_provider (created_at, id)`,
  `CREATE TABLE provider_credential (
    provider_id ${t.id} NOT NULL,
    name ${t.key(40)} NOT NULL,
    sealed ${t.long} NOT NULL,
    hint ${t.text(12)} NOT NULL,
    set_at ${t.instant} NOT NULL,
    PRIMARY KEY (provider_id, name)
  )${t.tableOptions}`,
  // One open row a provider and country: whoever inserts it tells staff, once for all processes.
  `CREATE TABLE provider_outage (
    id ${t.id} NOT NULL PRIMARY KEY,
    provider_id ${t.id} NOT NULL,
    country ${t.key(2)},
    open_key ${t.key(60)},
    reason ${t.key(60)} NOT NULL,
    opened_at ${t.instant} NOT NULL,
    closed_at ${t.instant}
  )${t.tableOptions}`,
  `CREATE UNIQUE INDEX provider_outage_open ON provider_outage (open_key)`,
  `CREATE INDEX provider_outage_by_provider ON provider_outage (provider_id, opened_at)`,
  `INSERT INTO delivery_provider (id, kind, name, channels, priority, weight, enabled, settings, version, created_at, updated_at)
    VALUES ('${EMBEDDED_OUTBOX_ID}', 'outbox', 'Outbox', 'sms,email', 1000, 100, 1, '{}', 1, 0, 0)`,
];

const templates = (t: Dialect): string[] => [
  `CREATE TABLE message_template (
    id ${t.id} NOT NULL PRIMARY KEY,
    organization_id ${t.id} NOT NULL,
    template_key ${t.key(40)} NOT NULL,
    name ${t.text(80)} NOT NULL,
    channel ${t.key(8)} NOT NULL,
    status ${t.key(10)} NOT NULL,
    version ${t.int} NOT NULL,
    latest_version ${t.int} NOT NULL,
    created_at ${t.instant} NOT NULL,
    updated_at ${t.instant} NOT NULL
  )${t.tableOptions}`,
  `CREATE INDEX message_template_by_name ON message_template (organization_id, name, id)`,
  `CREATE INDEX message_template_by_change ON message_template (organization_id, updated_at, id)`,
  `CREATE TABLE message_template_version (
    id ${t.id} NOT NULL PRIMARY KEY,
    template_id ${t.id} NOT NULL,
    organization_id ${t.id} NOT NULL,
    version ${t.int} NOT NULL,
    contents ${t.long} NOT NULL,
    note ${t.text(500)},
    created_by ${t.text(254)} NOT NULL,
    created_at ${t.instant} NOT NULL
  )${t.tableOptions}`,
  `CREATE UNIQUE INDEX message_template_version_number ON message_template_version (template_id, version)`,
];

const drop = (...tables: readonly string[]): string[] => tables.map((table) => `DROP TABLE ${table}`);

export const messagingMigrations: readonly Migration[] = [
  migration({ name: '2026-11-22-0600-messages', up: message, down: () => drop('message') }),
  migration({
    name: '2026-11-22-0610-message-attempts',
    up: attempts,
    down: () => drop('message_report', 'message_attempt'),
  }),
  migration({
    name: '2026-11-22-0620-delivery-providers',
    up: providers,
    down: () => drop('provider_outage', 'provider_credential', 'delivery_provider'),
  }),
  migration({
    name: '2026-11-22-0630-message-templates',
    up: templates,
    down: () => drop('message_template_version', 'message_template'),
  }),
];
