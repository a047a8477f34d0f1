/**
 * The last line of an origin-bound one-time code SMS: `@host #code`, and `@embedded-host` when there is one.
 * Source: WICG "Origin-bound one-time codes delivered via SMS", sections 2 and 3.
 */
export interface OriginBoundCode {
  readonly host: string;
  readonly code: string;
  readonly embeddedHost: string | null;
}

const HOST = /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;
const SCHEMES = /^(?:https?:)?\/\//;

/** A bare, lower-case ascii host, as the last line wants it; null when the text is not one. */
export function originHost(text: string): string | null {
  const host = text.trim().toLowerCase().replace(SCHEMES, '').replace(/\/$/, '');
  return HOST.test(host) ? host : null;
}

export function originBoundLine(host: string, code: string): string {
  return `@${host} #${code}`;
}

/** Reads a message as a browser would: the last line, nothing before `@`, one space between the parts. */
export function parseOriginBound(message: string): OriginBoundCode | null {
  const last = message.slice(message.lastIndexOf('\n') + 1);
  const match = /^@([^\s@#]+) #([^\s@#]+)(?: @([^\s@#]+))?(?: .*)?$/.exec(last);
  const host = match?.[1];
  const code = match?.[2];
  if (host === undefined || code === undefined || !HOST.test(host)) return null;
  return { host, code, embeddedHost: match?.[3] ?? null };
}

export const RETRIEVER_MAX_BYTES = 140;
/** Android's SMS Retriever finds its application by these 11 characters of base64. */
export const RETRIEVER_HASH = /^[A-Za-z0-9+/]{11}$/;

/**
 * Adds the lines that phones read: the Retriever's hash, and the origin-bound line last. The hash stands on a line above,
 * the only order in which both kinds of reader accept one message.
 */
export function withMachineLines(
  text: string,
  lines: { readonly webDomain: string | null; readonly androidHash: string | null; readonly code: string | null },
): string {
  const hash = lines.androidHash !== null && RETRIEVER_HASH.test(lines.androidHash) ? [lines.androidHash] : [];
  const host = lines.webDomain === null ? null : originHost(lines.webDomain);
  const origin = host === null || lines.code === null ? [] : [originBoundLine(host, lines.code)];
  return [text.replace(/\s+$/, ''), ...hash, ...origin].join('\n');
}
