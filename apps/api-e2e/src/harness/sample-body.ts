import * as z from 'zod';
import type { EndpointDeclaration } from '@tollgate/contracts';

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  /** Members of a record. */
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

const TEXTS = [
  'x',
  'abc',
  '123456',
  '1234567890',
  'en',
  'ZA',
  'ada@example.com',
  '+27821234567',
  'https://a.example',
  'UTC',
  'a long text of words',
];

function text(schema: Schema): string {
  if (schema.format === 'date-time') return new Date(Date.now() + 3_600_000).toISOString();
  const prefix = /^\^([a-z]{3})_/.exec(schema.pattern ?? '')?.[1];
  const candidates = prefix === undefined ? TEXTS : [`${prefix}_01J00000000000000000000000`];
  const pattern = schema.pattern === undefined ? /^/ : new RegExp(schema.pattern, 'u');
  const fits = (candidate: string) => pattern.test(candidate) && candidate.length >= (schema.minLength ?? 0);
  return candidates.find(fits) ?? 'x'.repeat(schema.minLength ?? 1);
}

/** With the least that a schema demands, or with everything that it knows. */
type Amount = 'least' | 'most';

function members(schema: Schema, amount: Amount): Record<string, unknown> {
  const { properties = {}, additionalProperties: record } = schema;
  const names = amount === 'most' ? Object.keys(properties) : (schema.required ?? []);
  const known = names.map((name): [string, unknown] => [name, sample(properties[name] ?? {}, amount)]);
  if (amount === 'least' || typeof record !== 'object') return Object.fromEntries(known);
  return { ...Object.fromEntries(known), [text(schema.propertyNames ?? {})]: sample(record, amount) };
}

function sample(schema: Schema, amount: Amount): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const variant = schema.anyOf?.[0] ?? schema.oneOf?.[0] ?? schema.allOf?.[0];
  if (variant !== undefined) return sample(variant, amount);
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1, (schema.exclusiveMinimum ?? 0) + 1);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: Math.max(schema.minItems ?? 0, amount === 'most' ? 1 : 0) }, () =>
        sample(schema.items ?? {}, amount),
      );
    case 'object':
      return members(schema, amount);
    default:
      return null;
  }
}

/**
 * A body that the endpoint's schema accepts, made from the schema itself, so that a test over all endpoints covers one
 * that is added tomorrow. Throws when it cannot make one.
 */
export function sampleBody(endpoint: EndpointDeclaration): unknown {
  if (endpoint.body === undefined) return undefined;
  const schema = z.toJSONSchema(endpoint.body, { io: 'input', unrepresentable: 'any' }) as Schema;
  for (const amount of ['least', 'most'] as const) {
    const made = sample(schema, amount);
    if (endpoint.body.safeParse(made).success) return made;
  }
  throw new Error(`no body could be made for ${endpoint.id}: ${JSON.stringify(sample(schema, 'most'))}`);
}
