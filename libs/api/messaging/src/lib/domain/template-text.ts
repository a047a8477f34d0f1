/**
 * Message text with `{{variable}}` holes, and nothing else: no logic, no nesting, no helpers. A value is put in once and
 * never read again as a template, so `{{code}}` or `{{constructor}}` inside a value stays literal text.
 */
const HOLE = /\{\{\s*([a-z][a-z0-9_]{0,39})\s*\}\}/g;
const ANY_BRACES = /\{\{|\}\}/;

/** Where a value goes decides what is done to it. */
export type TextContext = 'sms' | 'mail_text' | 'mail_subject' | 'mail_html';

export const MAX_VALUE_LENGTH = 200;

// Controls, line and paragraph separators, and the characters that turn the reading direction of what follows.
const CONTROLS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
const LONE_SURROGATE = /\p{Cs}/gu;

/** The names used in a text, each once, in order. */
export function holesOf(text: string): string[] {
  return [...new Set([...text.matchAll(HOLE)].map((match) => match[1] ?? ''))];
}

/** Braces that are no hole: `{{ Code }}`, `{{#if}}`, a pair left open. Null when there are none. */
export function strayBraces(text: string): string | null {
  const rest = text.replace(HOLE, '');
  const at = rest.search(ANY_BRACES);
  return at < 0 ? null : rest.slice(at, at + 30);
}

/**
 * A value as plain text on one line: no line end can forge the origin-bound last line or a mail header, no direction mark
 * can turn the code around.
 */
export function inert(value: string): string {
  return value
    .replace(CONTROLS, ' ')
    .replace(DIRECTION, '')
    .replace(LONE_SURROGATE, '')
    .trim()
    .slice(0, MAX_VALUE_LENGTH);
}

/**
 * Takes the life out of links in values that a stranger may have chosen, such as their own name: phones and mail programs
 * turn `evil.example/x` into a link, and a code message must not carry one.
 */
export function withoutLinks(value: string): string {
  return value.replace(/:\/\//g, ': ').replace(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2,})/gu, '. ');
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${String(c.charCodeAt(0))};`);
}

export function renderText(text: string, values: Readonly<Record<string, string>>, context: TextContext): string {
  return text.replace(HOLE, (_all, name: string) => {
    const value = Object.hasOwn(values, name) ? (values[name] ?? '') : '';
    return context === 'mail_html' ? escapeHtml(value) : value;
  });
}

/** Isolates the code from right-to-left text around it (U+2068 … U+2069), so that its digits keep their order. */
export function isolated(code: string, locale: string): string {
  return /^(ar|he|fa|ur|ps|dv|yi)\b/i.test(locale) ? `\u2068${code}\u2069` : code;
}
