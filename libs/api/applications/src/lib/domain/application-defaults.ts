import { randomBytes } from 'node:crypto';

/** What an application begins with, where its creator says nothing. */
export const DEFAULT_CODE = { length: 6, ttlSeconds: 600, maxChecks: 5 } as const;

/** A site key that nobody chose: from the name as far as it has letters of the alphabet, and six random ones. */
export function siteKeyFromName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  const tail = Array.from(randomBytes(6), (byte) => 'abcdefghijkmnpqrstuvwxyz23456789'.charAt(byte % 32)).join('');
  return plain === '' ? `site-${tail}` : `${plain}-${tail}`;
}

/** The site key of a deleted application: free for another, and still its own. Fits no key that somebody can choose. */
export function retiredSiteKey(applicationId: string): string {
  return `deleted:${applicationId}`;
}
