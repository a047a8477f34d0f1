import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { OPERATIONS } from './operation-prices';
import { country, id, instant, label, listQuery, milliCredits, page } from './units';

/** What an entry of the credit history was written for. */
export const CREDIT_ENTRY_TYPES = ['charge', 'capture', 'refund', 'grant', 'adjustment', 'purchase'] as const;
export const CREDIT_ACTOR_KINDS = ['session', 'api_key', 'access_token', 'service_key', 'system'] as const;

/** Milli-credits that an act of staff may move at once: a slip of the keyboard is not a fortune. */
const MOST_AT_ONCE = 1_000_000_000_000;

export const creditBalanceView = z.strictObject({
  organization_id: id('org'),
  balance: milliCredits().meta({ description: 'Milli-credits posted' }),
  held: milliCredits().meta({ description: 'Milli-credits that pending verifications hold for their check' }),
  available: milliCredits().meta({ description: 'balance − held: what the next start may cost' }),
  low_balance_threshold: milliCredits().nullable(),
  low: z.boolean().meta({ description: 'The balance is below the threshold' }),
  burn: z.strictObject({
    window_days: z.int().meta({ description: 'Days that the rate was taken from' }),
    per_day: milliCredits().meta({ description: 'Milli-credits charged a day, less refunds, over the window' }),
    days_left: z.number().nullable().meta({ description: 'available ÷ per_day; null when nothing is being used' }),
  }),
  as_of: instant(),
});
export type CreditBalanceView = z.infer<typeof creditBalanceView>;

export const creditEntryView = z.strictObject({
  id: id('ltx'),
  organization_id: id('org'),
  seq: z.int().meta({ description: 'Place in the history of the organization, without gaps from 1' }),
  recorded_at: instant(),
  type: z.enum(CREDIT_ENTRY_TYPES),
  amount: milliCredits().meta({ description: 'Signed: negative takes credits' }),
  balance_after: milliCredits(),
  description: z.string(),
  created_by: z.strictObject({ kind: z.enum(CREDIT_ACTOR_KINDS), id: z.string(), label: z.string() }),
  application_id: id('app').nullable(),
  operation: z.enum(OPERATIONS).nullable(),
  country: country().nullable(),
  source: z.strictObject({ type: z.string(), id: z.string() }).meta({ description: 'What the entry belongs to' }),
  reason: z.string().nullable(),
  reverses: id('ltx').nullable().meta({ description: 'The entry that a refund takes back' }),
  request_id: z.string().nullable(),
});
export type CreditEntryView = z.infer<typeof creditEntryView>;

export const getCredits = endpoint({
  id: 'credits.get',
  method: 'GET',
  path: '/v1/credits',
  access: 'credits:read',
  summary: 'Read the credit balance',
  description: 'Staff of the platform name the organization with Tollgate-Organization.',
  tag: 'Credits',
  responses: { 200: creditBalanceView },
  errors: ['organization_required'],
});

export const listCreditEntries = endpoint({
  id: 'credits.entries',
  method: 'GET',
  path: '/v1/credits/entries',
  access: 'credit_entries:read',
  summary: 'Read the credit history',
  description: 'In the order of posting. Append-only: a correction is another entry.',
  tag: 'Credits',
  query: listQuery(['-recorded_at', 'recorded_at'], {
    type: z.enum(CREDIT_ENTRY_TYPES).optional(),
    application_id: id('app').optional(),
    operation: z.enum(OPERATIONS).optional(),
    source_id: z.string().min(1).max(64).optional().meta({ description: 'Entries of one verification or message' }),
    from: instant().optional(),
    to: instant().optional().meta({ description: 'Exclusive' }),
  }),
  responses: { 200: page(creditEntryView) },
  errors: ['range_invalid'],
});

export const grantCredits = endpoint({
  id: 'credits.grant',
  method: 'POST',
  path: '/v1/credits/grants',
  access: 'credits:adjust',
  summary: 'Grant credits',
  description: 'To the organization named by Tollgate-Organization. A replay with the same key adds nothing.',
  tag: 'Credits',
  body: z.strictObject({
    amount: milliCredits().min(1).max(MOST_AT_ONCE),
    reason: label(500).meta({ description: 'Why; stands in the history and in the audit log' }),
  }),
  responses: { 201: creditEntryView },
  errors: ['organization_required'],
  idempotency: 'required',
  stepUp: true,
});

export const adjustCredits = endpoint({
  id: 'credits.adjust',
  method: 'POST',
  path: '/v1/credits/adjustments',
  access: 'credits:adjust',
  summary: 'Adjust credits up or down',
  description: 'Takes no more than is available: what pending verifications hold stays.',
  tag: 'Credits',
  body: z.strictObject({
    amount: milliCredits().min(-MOST_AT_ONCE).max(MOST_AT_ONCE).meta({ description: 'Signed, not zero' }),
    reason: label(500).meta({ description: 'Why; stands in the history and in the audit log' }),
  }),
  responses: { 201: creditEntryView },
  errors: ['organization_required', 'amount_invalid', 'insufficient_credits'],
  idempotency: 'required',
  stepUp: true,
});

/** The invariants that the ledger is checked against. */
export const LEDGER_INVARIANTS = ['I1', 'I2', 'I4', 'I5', 'I6', 'I9'] as const;

export const ledgerFinding = z.strictObject({
  invariant: z.enum(LEDGER_INVARIANTS),
  organization_id: z.string(),
  subject: z.string().meta({ description: 'The row: an account, a transaction, a verification' }),
  expected: z.string(),
  found: z.string(),
  explanation: z.string(),
});
export type LedgerFinding = z.infer<typeof ledgerFinding>;

export const ledgerReport = z.strictObject({
  ok: z.boolean(),
  verified_at: instant(),
  accounts: z.int(),
  transactions: z.int(),
  entries: z.int(),
  invariants: z.array(
    z.strictObject({
      invariant: z.enum(LEDGER_INVARIANTS),
      statement: z.string(),
      ok: z.boolean(),
      findings: z.int().meta({ description: 'At most 100 a check' }),
    }),
  ),
  findings: z.array(ledgerFinding),
});
export type LedgerReport = z.infer<typeof ledgerReport>;

export const verifyCredits = endpoint({
  id: 'credits.integrity',
  method: 'GET',
  path: '/v1/credits/integrity',
  access: 'settings:read',
  summary: 'Verify the ledger',
  description: 'Checks the invariants over every account of the installation and names what breaks.',
  tag: 'Credits',
  responses: { 200: ledgerReport },
});

export const creditsEndpoints: readonly EndpointDeclaration[] = [
  getCredits,
  listCreditEntries,
  grantCredits,
  adjustCredits,
  verifyCredits,
];
