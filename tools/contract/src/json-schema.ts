import * as z from 'zod';

/** JSON Schema 2020-12, as OpenAPI 3.1 takes it. Loose on purpose: it is written, read and printed, not computed with. */
export interface JsonSchema {
  [keyword: string]: unknown;
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  pattern?: string;
  description?: string;
  examples?: unknown[];
}

/** `input` is what a client sends, `output` what it is given. */
export function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
    reused: 'inline',
  });
  return tidy(rest as JsonSchema);
}

/** Zod writes the bounds of safe integers everywhere, and patterns beside formats that say the same. */
function tidy(schema: JsonSchema): JsonSchema {
  const copy: JsonSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (keyword === 'maximum' && value === Number.MAX_SAFE_INTEGER) continue;
    if (keyword === 'minimum' && value === Number.MIN_SAFE_INTEGER) continue;
    if (keyword === 'pattern' && typeof schema.format === 'string') continue;
    if (keyword === 'properties') copy.properties = mapValues(value as Record<string, JsonSchema>, tidy);
    else if (keyword === 'const' || keyword === 'enum' || keyword === 'examples' || keyword === 'required')
      copy[keyword] = value as never;
    else if (Array.isArray(value))
      copy[keyword] = value.map((each) => (isSchema(each) ? tidy(each) : (each as unknown)));
    else copy[keyword] = isSchema(value) ? tidy(value) : value;
  }
  return copy;
}

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapValues<A, B>(record: Record<string, A>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
