import type { Migration } from '@tollgate/api/database';

/**
 * Rows of `audit_event`, `audit_seal` and `audit_anchor` are inserted and read, nothing else: the database user of a
 * hardened installation gets no more. `audit_pending` is the sealer's list of work, and evidence of nothing.
 */
export const auditMigrations: readonly Migration[] = [
  {
    name: '2026-11-22-0200-audit-log',
    up: (t) => [
      `CREATE TABLE audit_event (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id} NOT NULL,
        occurred_at ${t.instant} NOT NULL, actor_kind ${t.key(20)} NOT NULL, actor_id ${t.text(64)} NOT NULL,
        actor_label ${t.text(254)} NOT NULL, action ${t.key(64)} NOT NULL, outcome ${t.key(10)} NOT NULL,
        target_type ${t.key(40)} NOT NULL, target_id ${t.text(100)} NOT NULL, target_label ${t.text(254)},
        changes ${t.long} NOT NULL, reason ${t.text(500)}, request_id ${t.text(64)},
        address_effective ${t.text(64)}, address_forwarded ${t.text(500)}, address_remote ${t.text(64)},
        user_agent ${t.text(400)})${t.tableOptions}`,
      `CREATE INDEX audit_event_by_time ON audit_event (occurred_at, id)`,
      `CREATE INDEX audit_event_of_organization ON audit_event (organization_id, occurred_at, id)`,
      `CREATE INDEX audit_event_of_target ON audit_event (target_id, occurred_at)`,
      `CREATE INDEX audit_event_of_request ON audit_event (request_id)`,
      `CREATE TABLE audit_seal (organization_id ${t.id} NOT NULL, seq ${t.int} NOT NULL, event_id ${t.id} NOT NULL,
        digest ${t.key(64)} NOT NULL, previous_hash ${t.key(64)} NOT NULL, hash ${t.key(64)} NOT NULL,
        sealed_at ${t.instant} NOT NULL, PRIMARY KEY (organization_id, seq))${t.tableOptions}`,
      `CREATE UNIQUE INDEX audit_seal_of_event ON audit_seal (event_id)`,
      `CREATE TABLE audit_pending (event_id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id} NOT NULL)${t.tableOptions}`,
      `CREATE INDEX audit_pending_of_organization ON audit_pending (organization_id, event_id)`,
      `CREATE TABLE audit_anchor (organization_id ${t.id} NOT NULL, seq ${t.int} NOT NULL, hash ${t.key(64)} NOT NULL,
        anchored_at ${t.instant} NOT NULL, signature ${t.key(100)} NOT NULL,
        PRIMARY KEY (organization_id, seq, anchored_at))${t.tableOptions}`,
    ],
    down: () => ['audit_anchor', 'audit_pending', 'audit_seal', 'audit_event'].map((table) => `DROP TABLE ${table}`),
  },
];
