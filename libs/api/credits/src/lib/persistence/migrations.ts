import type { Dialect, Migration } from '@tollgate/api/database';

/** 2026-11-22T00:00:00Z: when the prices that a new installation begins with took effect. */
const BEGINNING = 1_795_305_600_000;

const DEFAULT_PRICES: readonly (readonly [id: string, operation: string, price: number])[] = [
  ['opr_01KAM000000000000000000001', 'verification.start', 0],
  ['opr_01KAM000000000000000000002', 'verification.check', 1000],
  ['opr_01KAM000000000000000000003', 'send.sms', 5000],
  ['opr_01KAM000000000000000000004', 'send.email', 1000],
  ['opr_01KAM000000000000000000005', 'send.mobile', 0],
];

/**
 * The account row is the one hot row: nothing refers to it, and it is written last. Its CHECKs are the second line
 * behind the guarded UPDATE; the third is the verifier.
 */
const accounts = (t: Dialect): string => `CREATE TABLE ledger_account (
  organization_id ${t.id} NOT NULL PRIMARY KEY,
  posted ${t.amount} NOT NULL,
  held ${t.amount} NOT NULL,
  seq ${t.amount} NOT NULL,
  created_at ${t.instant} NOT NULL,
  updated_at ${t.instant} NOT NULL,
  CONSTRAINT ledger_account_held CHECK (held >= 0),
  CONSTRAINT ledger_account_floor CHECK (posted - held >= 0)
)${t.tableOptions}`;

/** `amount` is signed, as the organization's credits see it. `once_key` makes each charge, capture and refund unique. */
const transactions = (t: Dialect): string => `CREATE TABLE ledger_transaction (
  id ${t.id} NOT NULL PRIMARY KEY,
  organization_id ${t.id} NOT NULL,
  application_id ${t.id},
  kind ${t.key(16)} NOT NULL,
  amount ${t.amount} NOT NULL,
  operation ${t.key(32)},
  country ${t.key(2)},
  price_id ${t.id},
  source_type ${t.key(32)} NOT NULL,
  source_id ${t.key(64)} NOT NULL,
  once_key ${t.key(128)} NOT NULL,
  reverses_id ${t.id},
  description ${t.text(200)} NOT NULL,
  reason ${t.text(500)},
  actor_kind ${t.key(16)} NOT NULL,
  actor_id ${t.key(64)} NOT NULL,
  actor_label ${t.text(254)} NOT NULL,
  request_id ${t.key(64)},
  recorded_at ${t.instant} NOT NULL
)${t.tableOptions}`;

/** Two lines a transaction. `seq` and `balance_after` only on the organization's own account (`credits`). */
const entries = (t: Dialect): string => `CREATE TABLE ledger_entry (
  transaction_id ${t.id} NOT NULL,
  line ${t.int} NOT NULL,
  organization_id ${t.id} NOT NULL,
  account ${t.key(32)} NOT NULL,
  amount ${t.amount} NOT NULL,
  seq ${t.amount},
  balance_after ${t.amount},
  recorded_at ${t.instant} NOT NULL,
  PRIMARY KEY (transaction_id, line),
  CONSTRAINT ledger_entry_amount CHECK (amount <> 0)
)${t.tableOptions}`;

const prices = (t: Dialect): string => `CREATE TABLE operation_price (
  id ${t.id} NOT NULL PRIMARY KEY,
  operation ${t.key(32)} NOT NULL,
  country ${t.key(3)} NOT NULL,
  price ${t.amount} NOT NULL,
  active ${t.bool} NOT NULL,
  valid_from ${t.instant} NOT NULL,
  note ${t.text(200)},
  created_at ${t.instant} NOT NULL,
  created_by_id ${t.key(64)} NOT NULL,
  created_by_label ${t.text(254)} NOT NULL,
  CONSTRAINT operation_price_amount CHECK (price >= 0)
)${t.tableOptions}`;

const defaultPrice = ([id, operation, price]: readonly [string, string, number]): string =>
  `INSERT INTO operation_price (id, operation, country, price, active, valid_from, note, created_at, created_by_id,
    created_by_label) VALUES ('${id}', '${operation}', 'any', ${price}, 1, 0, 'Where an installation begins',
    ${BEGINNING}, 'system:install', 'system:install')`;

export const creditMigrations: readonly Migration[] = [
  {
    name: '2026-11-22-0400-ledger',
    up: (t) => [
      accounts(t),
      transactions(t),
      'CREATE UNIQUE INDEX ledger_transaction_once ON ledger_transaction (once_key)',
      // Covers sums of what was spent: by organization, by application, by range.
      `CREATE INDEX ledger_transaction_spent ON ledger_transaction
        (organization_id, kind, recorded_at, application_id, amount)`,
      entries(t),
      'CREATE UNIQUE INDEX ledger_entry_seq ON ledger_entry (organization_id, seq)',
    ],
    down: () => ['DROP TABLE ledger_entry', 'DROP TABLE ledger_transaction', 'DROP TABLE ledger_account'],
  },
  {
    name: '2026-11-22-0401-operation-prices',
    up: (t) => [
      prices(t),
      'CREATE UNIQUE INDEX operation_price_version ON operation_price (operation, country, valid_from)',
      'CREATE INDEX operation_price_valid_from ON operation_price (valid_from, id)',
      ...DEFAULT_PRICES.map(defaultPrice),
    ],
    down: () => ['DROP TABLE operation_price'],
  },
];
