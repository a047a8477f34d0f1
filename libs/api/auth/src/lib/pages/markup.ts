import { escapeHtml } from '@tollgate/api/http';

/** HTML that is safe to put into a page: made by `markup`, where every value is encoded. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Value = Markup | string | number | null | undefined | false | readonly Value[];

function written(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return value.map(written).join('');
}

/** `` markup`<p>${name}</p>` ``: texts are encoded, markup and lists of it are put in as they are. */
export function markup(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(parts.map((part, i) => part + written(values[i])).join(''));
}

/** ` name="value"`, or nothing for a value that is not there. */
export function attribute(name: string, value: string | number | undefined | null): Markup | null {
  return value === undefined || value === null ? null : new Markup(` ${name}="${escapeHtml(String(value))}"`);
}
