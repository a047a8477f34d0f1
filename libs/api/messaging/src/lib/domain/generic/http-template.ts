/**
 * The text of a generic HTTP request: `{{variable|filter}}`, nothing else. The filter is mandatory and says into what context
 * the value goes, so that no value can break out of it. Parsed once, when the provider is saved.
 */
export const FILTERS = ['json', 'url', 'form', 'xml', 'b64', 'header'] as const;
export type Filter = (typeof FILTERS)[number];

const NAMES = new Set([
  'to.e164',
  'to.national',
  'to.cc',
  'to.mailbox',
  'code',
  'message',
  'subject',
  'locale',
  'app',
  'send_id',
  'ttl_s',
  'callback_url',
  'sender.from',
  'template.dlt_id',
  'template.entity_id',
]);
const SECRET = /^secret\.[a-z][a-z0-9_]{0,39}$/;
const VARIABLE = /^variables\.[a-z][a-z0-9_]{0,39}$/;
const HOLE = /\{\{\s*([^{}|]*?)\s*(?:\|\s*([^{}|]*?)\s*)?\}\}/g;

export type HttpTemplate = readonly (string | { readonly name: string; readonly filter: Filter })[];
/** Where the text stands: it decides which filters make sense. */
export type HttpContext = 'url' | 'header' | 'body';

const ALLOWED: Readonly<Record<HttpContext, readonly Filter[]>> = {
  url: ['url'],
  header: ['header', 'b64'],
  body: ['json', 'url', 'form', 'xml', 'b64'],
};

export function parseHttpTemplate(source: string, context: HttpContext): { template: HttpTemplate; faults: string[] } {
  const template: (string | { name: string; filter: Filter })[] = [];
  const faults: string[] = [];
  let last = 0;
  for (const match of source.matchAll(HOLE)) {
    template.push(source.slice(last, match.index));
    last = match.index + match[0].length;
    const name = match[1] ?? '';
    const filter = match[2];
    if (!NAMES.has(name) && !SECRET.test(name) && !VARIABLE.test(name)) faults.push(`{{${name}}} is not a variable`);
    else if (filter === undefined) faults.push(`{{${name}}} needs a filter: ${ALLOWED[context].join(', ')}`);
    else if (!isFilter(filter) || !ALLOWED[context].includes(filter)) {
      faults.push(`{{${name}|${filter}}}: the filter here is one of ${ALLOWED[context].join(', ')}`);
    } else template.push({ name, filter });
  }
  template.push(source.slice(last));
  const stray = source.replace(HOLE, '');
  if (stray.includes('{{') || /(?<!\})\}\}(?!\})/.test(stray.replace(/[}\s]*$/, '')))
    faults.push('{{ is not closed, or }} is not opened');
  return { template: template.filter((part) => part !== ''), faults };
}

const isFilter = (text: string): text is Filter => (FILTERS as readonly string[]).includes(text);

/** The names in use, for the list of secrets that a provider needs. */
export function namesIn(template: HttpTemplate): string[] {
  return template.flatMap((part) => (typeof part === 'string' ? [] : [part.name]));
}

export function renderHttpTemplate(template: HttpTemplate, values: Readonly<Record<string, string>>): string {
  return template
    .map((part) =>
      typeof part === 'string'
        ? part
        : applyFilter(part.filter, Object.hasOwn(values, part.name) ? (values[part.name] ?? '') : ''),
    )
    .join('');
}

function applyFilter(filter: Filter, value: string): string {
  switch (filter) {
    case 'json':
      // Escapes what would end a script or a line where a server echoes it.
      return JSON.stringify(value).replace(
        /[\u2028\u2029<]/g,
        (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    case 'url':
      return encodeURIComponent(wellFormed(value)).replace(/[!'()*]/g, percent);
    case 'form':
      return encodeURIComponent(wellFormed(value))
        .replace(/[!'()*]/g, percent)
        .replace(/%20/g, '+');
    case 'xml':
      return value
        .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
        .replace(/[<>&"']/g, (c) => `&#${String(c.charCodeAt(0))};`);
    case 'b64':
      return Buffer.from(value, 'utf8').toString('base64');
    case 'header':
      return value.replace(/[^\x20-\x7e]/g, '').trim();
  }
}

const wellFormed = (value: string): string => value.replace(/\p{Cs}/gu, '\uFFFD');
const percent = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
