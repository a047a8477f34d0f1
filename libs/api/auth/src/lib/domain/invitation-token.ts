import { hmacSha256 } from '@tollgate/api/crypto';

/**
 * The secret of an invitation's link: HMAC-SHA-256 over the invitation and its generation. It is made anew whenever
 * the mail is written, so no row, job or message ever holds it; sending again counts the generation up, and with it
 * the link before is void. 43 characters, base64url.
 */
export function invitationToken(key: Buffer, invitationId: string, generation: number): string {
  return hmacSha256(key, `invitation/v1\n${invitationId}\n${generation}`).toString('base64url');
}

/** Whether the text can be such a secret at all. */
export function looksLikeInvitationToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{43}$/.test(text);
}
