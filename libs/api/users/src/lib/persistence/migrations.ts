import { migration, type Migration } from '@tollgate/api/database';

/**
 * `email_key` is the address while it is taken and null once the user is deleted, so that the address can join again
 * and the old row still says whose it was. `security_epoch` ends sessions: see UserFacts.
 */
export const USERS_MIGRATIONS: readonly Migration[] = [
  migration({
    name: '2026-11-22-0300-users',
    up: (t) => [
      `CREATE TABLE user (
        id ${t.id} NOT NULL PRIMARY KEY,
        organization_id ${t.id} NOT NULL,
        email ${t.key(320)} NOT NULL,
        email_key ${t.key(320)},
        backup_email ${t.key(320)},
        mobile ${t.key(20)},
        emp_id ${t.text(64)},
        name ${t.text(120)} NOT NULL,
        first_name ${t.text(80)},
        last_name ${t.text(80)},
        locale ${t.key(16)},
        time_zone ${t.key(64)},
        status ${t.key(20)} NOT NULL,
        sign_up_method ${t.key(20)} NOT NULL,
        second_factor ${t.bool} NOT NULL,
        security_epoch ${t.int} NOT NULL,
        version ${t.int} NOT NULL,
        last_sign_in_at ${t.instant},
        created_at ${t.instant} NOT NULL,
        updated_at ${t.instant} NOT NULL
      )${t.tableOptions}`,
      'CREATE UNIQUE INDEX user_email ON user (organization_id, email_key)',
      'CREATE INDEX user_email_anywhere ON user (email_key)',
      'CREATE INDEX user_by_email ON user (organization_id, email, id)',
      'CREATE INDEX user_by_email_anywhere ON user (email, id)',
      'CREATE INDEX user_created ON user (organization_id, created_at, id)',
      'CREATE INDEX user_created_anywhere ON user (created_at, id)',
      `CREATE TABLE role_grant (
        id ${t.id} NOT NULL PRIMARY KEY,
        organization_id ${t.id} NOT NULL,
        user_id ${t.id} NOT NULL,
        role ${t.key(63)} NOT NULL,
        granted_by ${t.key(320)} NOT NULL,
        created_at ${t.instant} NOT NULL
      )${t.tableOptions}`,
      'CREATE UNIQUE INDEX role_grant_once ON role_grant (user_id, organization_id, role)',
      'CREATE INDEX role_grant_holders ON role_grant (organization_id, role)',
      `CREATE TABLE team_lock (
        organization_id ${t.id} NOT NULL PRIMARY KEY,
        turns ${t.int} NOT NULL
      )${t.tableOptions}`,
    ],
    down: () => ['DROP TABLE team_lock', 'DROP TABLE role_grant', 'DROP TABLE user'],
  }),
];
