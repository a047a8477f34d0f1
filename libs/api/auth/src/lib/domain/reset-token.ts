import { hmacSha256 } from '@tollgate/api/crypto';

/**
 * The secret of a link that sets a new password: HMAC-SHA-256 over the id of the reset, 256 bits, base64url. It is made
 * anew when the mail is written, so no row, job or message holds it.
 */
export function resetToken(key: Buffer, resetId: string): string {
  return hmacSha256(key, `password-reset/v1\n${resetId}`).toString('base64url');
}

/** Whether the text can be such a secret at all. */
export function looksLikeResetToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}

/** What the address in a wish for a new password is sealed with. */
export const requestContext = (id: string): string => `password-reset-request:${id}`;
