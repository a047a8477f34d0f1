import type { JsonSchema } from './json-schema';

const ULID = '01JD2Q4Z8M6T0V3XK5N7P9R2SW';
const INSTANT = '2026-11-22T09:30:00.000Z';

/** Values of members that mean the same wherever they stand, so that examples read like one story. */
const KNOWN: Readonly<Record<string, unknown>> = {
  to: '+27821234567',
  channel: 'sms',
  code: '482913',
  country: 'ZA',
  email: 'ada@example.com',
  locale: 'en',
  name: 'Example',
  slug: 'example',
  purpose: 'sign_in',
  time_zone: 'Africa/Johannesburg',
  reason: null,
  next_cursor: null,
  total_estimate: 1,
  application_id: `app_${ULID}`,
  organization_id: `org_${ULID}`,
  user_ref: 'user_42',
  client_ip: '203.0.113.7',
  ip: '203.0.113.7',
  address: '203.0.113.7',
  currency: 'ZAR',
  limit: 50,
  timezone: 'Africa/Johannesburg',
  user_agent: 'Mozilla/5.0',
  password: 'correct horse battery staple',
};

/** Tried in this order for a text with a pattern. */
const TEXTS = [
  'text',
  'en',
  'ZA',
  '+2782',
  'FA+9qCX9VSu',
  'verification.sms',
  'verification',
  'example.com',
  'https://example.com',
  '203.0.113.7',
  '203.0.113.0/24',
  '482913',
  '1201159123456789012',
  '2026-11',
  'ada@example.com',
  'correct horse battery',
];

/** Bodies that obey a rule beyond their schema: one of two members, and the like. */
const BODIES: Readonly<Record<string, unknown>> = {
  'verifications.start': { to: '+27821234567', channel: 'sms' },
  'session.step_up': { code: '482913' },
  'team.update': { status: 'disabled' },
  'me.change_password': { current_password: 'correct horse battery', new_password: 'battery staple horse' },
};

/** Whether a value could stand where the schema says: enough to reject a known one that means something else here. */
function fits(value: unknown, schema: JsonSchema): boolean {
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return options.some((option) => fits(value, option));
  if (schema.const !== undefined) return schema.const === value;
  if (schema.enum !== undefined) return schema.enum.includes(value);
  const types = [schema.type ?? []].flat();
  const type = value === null ? 'null' : typeof value;
  const right = types.includes(type) || (types.includes('integer') && Number.isInteger(value));
  if (!right) return false;
  if (typeof value !== 'string') return true;
  const { maxLength, minLength, pattern, format } = schema;
  if (format === 'date-time') return value === INSTANT;
  if (typeof minLength === 'number' && value.length < minLength) return false;
  if (typeof maxLength === 'number' && value.length > maxLength) return false;
  return typeof pattern !== 'string' || new RegExp(pattern, 'u').test(value);
}

function textOf(schema: JsonSchema): string {
  const prefix = /^\^([a-z]+)_\[/.exec(schema.pattern ?? '')?.[1];
  if (prefix !== undefined) return `${prefix}_${ULID}`;
  if (schema.format === 'date-time') return INSTANT;
  if (schema.format === 'date') return INSTANT.slice(0, 10);
  if (schema.format === 'email') return 'ada@example.com';
  if (schema.format === 'uri') return 'https://example.com';
  return TEXTS.find((text) => fits(text, schema)) ?? 'text';
}

/** A value that the schema describes, the same at every call. */
export function exampleOf(schema: JsonSchema, name = ''): unknown {
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (name in KNOWN && fits(KNOWN[name], schema)) return KNOWN[name];
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) {
    const option = options.find((each) => each.type !== 'null') ?? options[0];
    return option === undefined ? null : exampleOf(option, name);
  }
  switch ([schema.type].flat()[0]) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return schema.items === undefined ? [] : [exampleOf(schema.items, name.replace(/s$/, ''))];
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return numberOf(schema);
    case 'boolean':
      return false;
    default:
      return null;
  }
}

function numberOf(schema: JsonSchema): number {
  const least = [schema['minimum'], schema['exclusiveMinimum']].find((bound) => typeof bound === 'number') as
    number | undefined;
  return Math.max(1, (least ?? 0) + (schema['exclusiveMinimum'] === undefined ? 0 : 1));
}

function objectOf(schema: JsonSchema): Record<string, unknown> {
  const rest = schema['additionalProperties'];
  if (schema.properties === undefined && typeof rest === 'object' && rest !== null) {
    const names = (schema['propertyNames'] ?? { type: 'string' }) as JsonSchema;
    const name = ['en', 'order'].find((each) => fits(each, { type: 'string', ...names })) ?? String(exampleOf(names));
    return { [name]: exampleOf(rest as JsonSchema, name) };
  }
  const members = Object.entries(schema.properties ?? {}).map(([name, member]) => [name, exampleOf(member, name)]);
  return Object.fromEntries(members) as Record<string, unknown>;
}

/** What a client has to send at least. */
export function smallestExampleOf(schema: JsonSchema, endpointId = ''): unknown {
  if (endpointId in BODIES) return BODIES[endpointId];
  if (schema.examples?.[0] !== undefined) return schema.examples[0];
  if (schema.type !== 'object') return exampleOf(schema);
  const all = Object.entries(schema.properties ?? {});
  const needed = new Set(schema.required ?? []);
  // Where nothing is needed, as in a change, one member says more than none.
  const members = needed.size > 0 ? all.filter(([name]) => needed.has(name)) : all.slice(0, 1);
  return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member, name)]));
}
