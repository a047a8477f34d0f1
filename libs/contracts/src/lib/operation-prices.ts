import * as z from 'zod';
import { endpoint, type EndpointDeclaration } from './endpoint';
import { country, id, instant, label, listQuery, milliCredits, page } from './units';

/** Everything that can cost credits. */
export const OPERATIONS = [
  'verification.start',
  'verification.check',
  'send.sms',
  'send.email',
  'send.mobile',
] as const;

/** What one operation may cost: a thousand credits. */
const MOST_A_PRICE = 1_000_000;

const price = () => milliCredits().min(0).max(MOST_A_PRICE);

export const operationPriceView = z.strictObject({
  id: id('opr'),
  operation: z.enum(OPERATIONS),
  country: country().nullable().meta({ description: 'null = every country without a price of its own' }),
  price: price(),
  active: z.boolean().meta({
    description: 'false: a price of a country is withdrawn and the general one holds; a general one makes it free',
  }),
  valid_from: instant(),
  state: z.enum(['current', 'scheduled', 'past']),
  note: z.string().nullable(),
  created_at: instant(),
  created_by: z.strictObject({ id: z.string(), label: z.string() }),
});
export type OperationPriceView = z.infer<typeof operationPriceView>;

export const listOperationPrices = endpoint({
  id: 'operation_prices.list',
  method: 'GET',
  path: '/v1/operation-prices',
  access: 'operation_prices:read',
  summary: 'List operation prices',
  description: 'Every version; `state=current` gives what holds now.',
  tag: 'Operation prices',
  query: listQuery(['-valid_from', 'valid_from'], {
    operation: z.enum(OPERATIONS).optional(),
    country: z
      .union([country(), z.literal('any')])
      .optional()
      .meta({ description: 'A country, or `any` for the general price' }),
    state: z.enum(['current', 'scheduled', 'past']).optional(),
  }),
  responses: { 200: page(operationPriceView) },
});

export const setOperationPrice = endpoint({
  id: 'operation_prices.set',
  method: 'POST',
  path: '/v1/operation-prices',
  access: 'operation_prices:write',
  summary: 'Set a new version of a price',
  description: 'Versions are never edited: what was charged keeps the version that it was charged by.',
  tag: 'Operation prices',
  body: z.strictObject({
    operation: z.enum(OPERATIONS),
    country: country().nullable().optional(),
    price: price(),
    active: z.boolean().optional().meta({ description: 'true unless told' }),
    valid_from: instant().optional().meta({ description: 'Now unless told; not in the past' }),
    note: label(200).optional(),
  }),
  responses: { 201: operationPriceView },
  errors: ['price_version_conflict', 'range_invalid'],
  idempotency: 'optional',
  stepUp: true,
});

export const pricePreview = z.strictObject({
  from: instant(),
  to: instant(),
  charged: milliCredits().meta({ description: 'Milli-credits charged in the range, less refunds' }),
  would_have_charged: milliCredits(),
  difference: milliCredits(),
  lines: z.array(
    z.strictObject({
      operation: z.enum(OPERATIONS),
      country: country().nullable(),
      count: z.int().meta({ description: 'Charged and not refunded' }),
      charged: milliCredits(),
      would_have_charged: milliCredits(),
    }),
  ),
  not_counted: z.array(z.enum(OPERATIONS)).meta({
    description: 'Operations that were free in a part of the range: free use leaves no ledger row to count',
  }),
});
export type PricePreview = z.infer<typeof pricePreview>;

export const previewOperationPrices = endpoint({
  id: 'operation_prices.preview',
  method: 'POST',
  path: '/v1/operation-prices/preview',
  access: 'credit_entries:read',
  summary: 'What would last month have cost?',
  description: 'Counts the ledger rows of the range (the last full month in UTC unless told) at the prices proposed.',
  tag: 'Operation prices',
  body: z.strictObject({
    prices: z
      .array(
        z.strictObject({
          operation: z.enum(OPERATIONS),
          country: country().nullable().optional(),
          price: price(),
          active: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(300),
    from: instant().optional(),
    to: instant().optional().meta({ description: 'Exclusive' }),
  }),
  responses: { 200: pricePreview },
  errors: ['range_invalid'],
});

export const operationPricesEndpoints: readonly EndpointDeclaration[] = [
  listOperationPrices,
  setOperationPrice,
  previewOperationPrices,
];
