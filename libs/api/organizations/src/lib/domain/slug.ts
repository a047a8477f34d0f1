import { randomBytes } from 'node:crypto';

/** Slugs that would be mistaken for a part of the console or of the platform. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'platform admin administrator api app apps auth console docs finance health help hooks invite legal login logout me ' +
    'metrics new null oidc organization organizations root scim security settings setup sign-in signin signup staff ' +
    'status support system tollgate undefined users www'
  ).split(' '),
);

export function isReservedSlug(slug: string): boolean {
  return RESERVED.has(slug);
}

/**
 * A slug that nobody chose: from the name as far as it has letters of the alphabet, and four random ones, so that two
 * organizations of one name do not meet.
 */
export function slugFromName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const tail = Array.from(randomBytes(4), (byte) => 'abcdefghijkmnpqrstuvwxyz23456789'.charAt(byte % 32)).join('');
  return plain === '' ? `organization-${tail}` : `${plain}-${tail}`;
}
