import type { JsonSchema } from './json-schema';
import { escape, inline } from './markup';

const MAX_DEPTH = 5;

/** `string`, `integer ≥ 1`, `array of object`, `"sms" | "email"`. */
export function typeText(schema: JsonSchema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.anyOf ?? schema.oneOf;
  if (options !== undefined) return [...new Set(options.map(typeText))].join(' | ');
  const type = [schema.type ?? 'any'].flat().join(' | ');
  if (type === 'array') return schema.items === undefined ? 'array' : `array of ${typeText(schema.items)}`;
  return [type, ...boundsOf(schema)].join(' ');
}

function boundsOf(schema: JsonSchema): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, format } = schema;
  const bounds: string[] = [];
  if (format !== undefined) bounds.push(`(${format})`);
  if (typeof minimum === 'number') bounds.push(`≥ ${minimum}`);
  if (typeof maximum === 'number') bounds.push(`≤ ${maximum}`);
  if (typeof minLength === 'number' && minLength > 1) bounds.push(`at least ${minLength} characters`);
  if (typeof maxLength === 'number') bounds.push(`at most ${maxLength} characters`);
  if (typeof minItems === 'number') bounds.push(`at least ${minItems}`);
  if (typeof maxItems === 'number') bounds.push(`at most ${maxItems}`);
  return bounds;
}

interface Row {
  readonly path: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** The object inside, whatever it is wrapped in. */
function objectWithin(schema: JsonSchema): { readonly object: JsonSchema; readonly suffix: string } | null {
  if (schema.properties !== undefined) return { object: schema, suffix: '' };
  const inside = schema.items ?? (schema.anyOf ?? schema.oneOf)?.find((option) => option.type !== 'null');
  if (inside === undefined) return null;
  const found = objectWithin(inside);
  return found === null
    ? null
    : { object: found.object, suffix: (schema.items === undefined ? '' : '[]') + found.suffix };
}

function rowsOf(schema: JsonSchema, path: string, depth: number): Row[] {
  const found = objectWithin(schema);
  if (found === null || depth > MAX_DEPTH) return [];
  const needed = new Set(found.object.required ?? []);
  return Object.entries(found.object.properties ?? {}).flatMap(([name, member]): Row[] => {
    const at = `${path}${found.suffix}${path === '' && found.suffix === '' ? '' : '.'}${name}`;
    const row = { path: at, type: typeText(member), required: needed.has(name), description: member.description ?? '' };
    return [row, ...rowsOf(member, at, depth + 1)];
  });
}

/** The members of a schema as a table, nested ones by their path; empty when there are none. */
export function schemaTable(schema: JsonSchema, caption: string): string {
  const rows = rowsOf(schema, '', 0);
  if (rows.length === 0) return '';
  return table(caption, rows);
}

export function table(caption: string, rows: readonly Row[]): string {
  const lines = rows.map(
    ({ path, type, required, description }) =>
      `<tr><th scope="row"><code>${escape(path)}</code>${required ? ' <em>required</em>' : ''}</th>` +
      `<td><code>${escape(type)}</code></td><td>${inline(description)}</td></tr>`,
  );
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption>` +
    `<thead><tr><th scope="col">Member</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>` +
    `<tbody>${lines.join('')}</tbody></table></div>`
  );
}
