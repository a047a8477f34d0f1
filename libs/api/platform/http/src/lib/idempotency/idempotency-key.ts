import type { EndpointDeclaration } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';
import { createHash } from 'node:crypto';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** The key as a client may write it: bare, or quoted as the draft has it (RFC 8941 string). */
function unquoted(header: string): string {
  const quoted = /^"((?:[^"\\]|\\["\\])*)"$/.exec(header.trim())?.[1];
  return quoted === undefined ? header.trim() : quoted.replace(/\\(["\\])/g, '$1');
}

/**
 * The `Idempotency-Key` of a call, or null when there is none and none is needed.
 * @throws DomainError idempotency_key_required, idempotency_key_invalid
 */
export function idempotencyKeyOf(
  header: string | string[] | undefined,
  rule: EndpointDeclaration['idempotency'],
): string | null {
  if (rule === undefined) return null;
  if (header === undefined) {
    if (rule === 'required') throw new DomainError('idempotency_key_required', { param: 'Idempotency-Key' });
    return null;
  }
  const key = typeof header === 'string' ? unquoted(header) : '';
  if (!PRINTABLE.test(key)) throw new DomainError('idempotency_key_invalid', { param: 'Idempotency-Key' });
  return key;
}

/** JSON with the members of every object in one order, so that equal bodies are equal texts. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

/** SHA-256 over the parts, hex. Each part is framed, so that no two lists of parts read the same. */
export function digest(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}
