import { domainToASCII } from 'node:url';

/** RFC 5321 4.5.3.1: local part 64, domain 255. */
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?=.{1,255}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/;

/**
 * The one form of an e-mail address by which a person is found: NFKC, lower case, domain in IDNA's ASCII form.
 * Null when the text is no address that we take.
 *
 * Local parts are ASCII after NFKC. That refuses what only looks like another address (a Cyrillic a, a dotless i, a
 * zero-width joiner) instead of guessing which one was meant, and fullwidth letters become the plain ones. Domains of
 * other scripts stay possible: their `xn--` form is stored and shown, so a look-alike never reads like the original.
 * Mail always goes to the stored form.
 */
export function canonicalEmail(text: string): string | null {
  if (text.length > 320) return null;
  const normal = text.normalize('NFKC').trim();
  const at = normal.lastIndexOf('@');
  if (at < 1) return null;
  const local = normal.slice(0, at);
  // Only ASCII letters are lowered: toLowerCase alone would turn the Kelvin sign into k, and dotted I into two.
  if (!/^[\x21-\x7e]+$/.test(local) || local.length > 64) return null;
  const domain = domainToASCII(normal.slice(at + 1).toLowerCase());
  const lowered = local.toLowerCase();
  return LOCAL_PART.test(lowered) && DOMAIN.test(domain) ? `${lowered}@${domain}` : null;
}

/** For logs and audit: `an***@example.com`. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf('@');
  if (at < 1) return '***';
  return `${email.slice(0, Math.min(2, at - 1))}***${email.slice(at)}`;
}
