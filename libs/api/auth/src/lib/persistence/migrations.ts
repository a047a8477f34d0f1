import { migration, type Migration } from '@tollgate/api/database';

const credentials = migration({
  name: '2026-11-22-0350-sign-in-credentials',
  up: (t) => [
    `CREATE TABLE password_credential (
      user_id ${t.id} NOT NULL PRIMARY KEY,
      organization_id ${t.id} NOT NULL,
      hash ${t.key(255)} NOT NULL,
      changed_at ${t.instant} NOT NULL
    )${t.tableOptions}`,
    `CREATE TABLE user_factor (
      id ${t.id} NOT NULL PRIMARY KEY,
      organization_id ${t.id} NOT NULL,
      user_id ${t.id} NOT NULL,
      kind ${t.key(20)} NOT NULL,
      name ${t.text(60)} NOT NULL,
      status ${t.key(20)} NOT NULL,
      secret ${t.long} NOT NULL,
      last_step ${t.amount} NOT NULL,
      created_at ${t.instant} NOT NULL,
      activated_at ${t.instant},
      last_used_at ${t.instant}
    )${t.tableOptions}`,
    'CREATE INDEX user_factor_owner ON user_factor (user_id, status)',
    `CREATE TABLE recovery_code (
      id ${t.id} NOT NULL PRIMARY KEY,
      organization_id ${t.id} NOT NULL,
      user_id ${t.id} NOT NULL,
      code_hash ${t.key(64)} NOT NULL,
      created_at ${t.instant} NOT NULL,
      used_at ${t.instant}
    )${t.tableOptions}`,
    'CREATE UNIQUE INDEX recovery_code_once ON recovery_code (user_id, code_hash)',
  ],
  down: () => ['DROP TABLE recovery_code', 'DROP TABLE user_factor', 'DROP TABLE password_credential'],
});

const sessions = migration({
  name: '2026-11-22-0351-sessions',
  up: (t) => [
    `CREATE TABLE session (
      id ${t.id} NOT NULL PRIMARY KEY,
      organization_id ${t.id} NOT NULL,
      user_id ${t.id} NOT NULL,
      token_hash ${t.key(64)} NOT NULL,
      user_epoch ${t.int} NOT NULL,
      assurance_level ${t.int} NOT NULL,
      methods ${t.key(120)} NOT NULL,
      address ${t.key(64)} NOT NULL,
      user_agent ${t.text(400)},
      created_at ${t.instant} NOT NULL,
      authenticated_at ${t.instant} NOT NULL,
      last_seen_at ${t.instant} NOT NULL,
      expires_at ${t.instant} NOT NULL,
      ended_at ${t.instant},
      end_reason ${t.key(40)}
    )${t.tableOptions}`,
    'CREATE UNIQUE INDEX session_token ON session (token_hash)',
    'CREATE INDEX session_owner ON session (user_id, created_at, id)',
    'CREATE INDEX session_expiry ON session (expires_at)',
    `CREATE TABLE sign_in_challenge (
      id ${t.id} NOT NULL PRIMARY KEY,
      organization_id ${t.id} NOT NULL,
      user_id ${t.id} NOT NULL,
      token_hash ${t.key(64)} NOT NULL,
      user_epoch ${t.int} NOT NULL,
      return_to ${t.key(1000)} NOT NULL,
      failures ${t.int} NOT NULL,
      created_at ${t.instant} NOT NULL,
      expires_at ${t.instant} NOT NULL,
      consumed_at ${t.instant}
    )${t.tableOptions}`,
    'CREATE UNIQUE INDEX sign_in_challenge_token ON sign_in_challenge (token_hash)',
    'CREATE INDEX sign_in_challenge_expiry ON sign_in_challenge (expires_at)',
    `CREATE TABLE known_device (
      token_hash ${t.key(64)} NOT NULL PRIMARY KEY,
      user_id ${t.id} NOT NULL,
      created_at ${t.instant} NOT NULL,
      expires_at ${t.instant} NOT NULL
    )${t.tableOptions}`,
    'CREATE INDEX known_device_owner ON known_device (user_id)',
    'CREATE INDEX known_device_expiry ON known_device (expires_at)',
    `CREATE TABLE lockout (
      counter ${t.key(100)} NOT NULL PRIMARY KEY,
      failures ${t.int} NOT NULL,
      blocked_until ${t.instant} NOT NULL,
      updated_at ${t.instant} NOT NULL
    )${t.tableOptions}`,
    'CREATE INDEX lockout_age ON lockout (updated_at)',
  ],
  down: () => ['DROP TABLE lockout', 'DROP TABLE known_device', 'DROP TABLE sign_in_challenge', 'DROP TABLE session'],
});

/** `pending_key` holds organization and address while an invitation is open, so that there is at most one. */
const invitations = migration({
  name: '2026-11-22-0352-invitations-and-setup',
  up: (t) => [
    `CREATE TABLE invitation (
      id ${t.id} NOT NULL PRIMARY KEY,
      organization_id ${t.id} NOT NULL,
      email ${t.key(320)} NOT NULL,
      name ${t.text(120)},
      roles ${t.key(700)} NOT NULL,
      status ${t.key(20)} NOT NULL,
      pending_key ${t.key(361)},
      key_id ${t.key(40)} NOT NULL,
      generation ${t.int} NOT NULL,
      token_hash ${t.key(64)} NOT NULL,
      invited_by ${t.key(320)} NOT NULL,
      created_at ${t.instant} NOT NULL,
      sent_at ${t.instant} NOT NULL,
      expires_at ${t.instant} NOT NULL,
      closed_at ${t.instant}
    )${t.tableOptions}`,
    'CREATE UNIQUE INDEX invitation_pending ON invitation (pending_key)',
    'CREATE UNIQUE INDEX invitation_token ON invitation (token_hash)',
    'CREATE INDEX invitation_expiry ON invitation (status, expires_at)',
    'CREATE INDEX invitation_list ON invitation (organization_id, created_at, id)',
    'CREATE INDEX invitation_list_anywhere ON invitation (created_at, id)',
    `CREATE TABLE setup (
      id ${t.key(20)} NOT NULL PRIMARY KEY,
      token_hash ${t.key(64)},
      token_expires_at ${t.instant} NOT NULL,
      ticket_hash ${t.key(64)},
      administrator_at ${t.instant},
      completed_at ${t.instant}
    )${t.tableOptions}`,
  ],
  down: () => ['DROP TABLE setup', 'DROP TABLE invitation'],
});

const passwordResets = migration({
  name: '2026-11-22-0353-password-resets',
  up: (t) => [
    `CREATE TABLE password_reset_request (
      id ${t.id} NOT NULL PRIMARY KEY,
      identifier_sealed ${t.long} NOT NULL,
      address ${t.key(64)} NOT NULL,
      asked_at ${t.instant} NOT NULL
    )${t.tableOptions}`,
    'CREATE INDEX password_reset_request_age ON password_reset_request (asked_at)',
    `CREATE TABLE password_reset (
      id ${t.id} NOT NULL PRIMARY KEY,
      organization_id ${t.id} NOT NULL,
      user_id ${t.id} NOT NULL,
      user_epoch ${t.int} NOT NULL,
      password_changed_at ${t.instant} NOT NULL,
      email_hash ${t.key(64)} NOT NULL,
      key_id ${t.key(40)} NOT NULL,
      token_hash ${t.key(64)} NOT NULL,
      created_at ${t.instant} NOT NULL,
      expires_at ${t.instant} NOT NULL,
      closed_at ${t.instant}
    )${t.tableOptions}`,
    'CREATE UNIQUE INDEX password_reset_token ON password_reset (token_hash)',
    'CREATE INDEX password_reset_owner ON password_reset (user_id, created_at)',
    'CREATE INDEX password_reset_expiry ON password_reset (expires_at)',
  ],
  down: () => ['DROP TABLE password_reset', 'DROP TABLE password_reset_request'],
});

export const AUTH_MIGRATIONS: readonly Migration[] = [credentials, sessions, invitations, passwordResets];
