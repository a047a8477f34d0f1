import type { Migration } from '@tollgate/api/database';

export const applicationMigrations: readonly Migration[] = [
  {
    name: '2026-11-22-0220-applications',
    up: (t) => [
      `CREATE TABLE application (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id} NOT NULL,
        name ${t.text(120)} NOT NULL, status ${t.key(10)} NOT NULL, site_key ${t.key(64)} NOT NULL,
        base_url ${t.text(500)}, allowed_origins ${t.long} NOT NULL, address_mode ${t.key(10)} NOT NULL,
        allowed_addresses ${t.long} NOT NULL, code_length ${t.int} NOT NULL, code_ttl_s ${t.int} NOT NULL,
        code_max_checks ${t.int} NOT NULL, templates ${t.long} NOT NULL, allowed_countries ${t.long},
        daily_spend_cap ${t.amount}, fraud_guard ${t.key(10)} NOT NULL, web_domain ${t.key(253)},
        android_hash ${t.key(11)}, locale ${t.key(35)} NOT NULL, version ${t.int} NOT NULL,
        created_at ${t.instant} NOT NULL, updated_at ${t.instant} NOT NULL, deleted_at ${t.instant})${t.tableOptions}`,
      `CREATE UNIQUE INDEX application_by_site_key ON application (site_key)`,
      `CREATE INDEX application_of_organization ON application (organization_id, created_at, id)`,
      `CREATE INDEX application_by_age ON application (created_at, id)`,
      `CREATE INDEX application_by_name ON application (name, id)`,
    ],
    down: () => ['DROP TABLE application'],
  },
  {
    name: '2026-11-22-0221-api-keys',
    up: (t) => [
      `CREATE TABLE api_key (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id} NOT NULL,
        application_id ${t.id} NOT NULL, kind ${t.key(4)} NOT NULL, name ${t.text(80)} NOT NULL,
        token_hash ${t.key(64)} NOT NULL, last_four ${t.key(4)} NOT NULL, scopes ${t.long} NOT NULL,
        allowed_addresses ${t.long}, expires_at ${t.instant}, revoked_at ${t.instant}, replaced_by ${t.id},
        replaces ${t.id}, last_used_at ${t.instant}, last_used_address ${t.text(64)}, created_at ${t.instant} NOT NULL,
        created_by ${t.text(254)} NOT NULL)${t.tableOptions}`,
      `CREATE UNIQUE INDEX api_key_by_token_hash ON api_key (token_hash)`,
      `CREATE INDEX api_key_of_application ON api_key (application_id, created_at, id)`,
      `CREATE INDEX api_key_of_organization ON api_key (organization_id, created_at, id)`,
      `CREATE INDEX api_key_by_age ON api_key (created_at, id)`,
      `CREATE INDEX api_key_by_name ON api_key (name, id)`,
    ],
    down: () => ['DROP TABLE api_key'],
  },
  {
    name: '2026-11-22-0222-test-numbers',
    up: (t) => [
      `CREATE TABLE test_number (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id} NOT NULL,
        application_id ${t.id} NOT NULL, destination_hash ${t.key(64)} NOT NULL, destination_sealed ${t.long} NOT NULL,
        destination_masked ${t.text(254)} NOT NULL, code_sealed ${t.long} NOT NULL, note ${t.text(200)},
        ends_at ${t.instant} NOT NULL, created_at ${t.instant} NOT NULL, created_by ${t.text(254)} NOT NULL)${t.tableOptions}`,
      `CREATE UNIQUE INDEX test_number_of_application ON test_number (application_id, destination_hash)`,
    ],
    down: () => ['DROP TABLE test_number'],
  },
];
