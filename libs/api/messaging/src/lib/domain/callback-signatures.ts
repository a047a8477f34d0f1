import { createHash, createHmac, createPublicKey, createVerify, timingSafeEqual } from 'node:crypto';

function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

export interface TwilioCallback {
  /** As the vendor was given it: our public address, path and query as they came. */
  readonly url: string;
  readonly signature: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly rawBody: Buffer;
}

/**
 * `X-Twilio-Signature`: base64 of HMAC-SHA1 with the auth token over the address and, for forms, each field sorted by name;
 * for other bodies their SHA-256 stands in the query as `bodySHA256`. Proxies add and drop the default port, so both
 * forms of the address count. Any of the tokens counts: there are two while one is being replaced.
 * Source: twilio.com/docs/usage/security, and `validateRequest` of the vendor's client.
 */
export function twilioSignatureHolds(tokens: readonly string[], callback: TwilioCallback): boolean {
  const { searchParams } = new URL(callback.url);
  const bodyHash = searchParams.get('bodySHA256');
  if (bodyHash !== null && !same(bodyHash.toLowerCase(), createHash('sha256').update(callback.rawBody).digest('hex')))
    return false;
  const fields = bodyHash === null ? callback.fields : {};
  const tail = Object.keys(fields)
    .sort()
    .reduce((text, name) => `${text}${name}${fields[name] ?? ''}`, '');
  return tokens.some((token) =>
    portForms(callback.url).some((url) =>
      same(
        callback.signature,
        createHmac('sha1', token)
          .update(url + tail, 'utf8')
          .digest('base64'),
      ),
    ),
  );
}

/** The address as it is, with the default port spelled out, and without any. */
function portForms(address: string): string[] {
  const match = /^(https?):\/\/([^/?#]+)(.*)$/s.exec(address);
  if (match === null) return [address];
  const [, scheme = '', authority = '', rest = ''] = match;
  const host = authority.replace(/:\d+$/, '');
  const port = scheme === 'https' ? 443 : 80;
  return [...new Set([address, `${scheme}://${host}:${String(port)}${rest}`, `${scheme}://${host}${rest}`])];
}

export const SENDGRID_WINDOW_MS = 10 * 60_000;

export interface SendGridCallback {
  readonly signature: string;
  /** Epoch seconds, as it came. */
  readonly timestamp: string;
  readonly rawBody: Buffer;
  readonly now: number;
}

/**
 * `X-Twilio-Email-Event-Webhook-Signature`: ECDSA P-256 with SHA-256 over timestamp and raw body, in DER. The body ends with
 * CR LF, which is signed too. Old ones are refused, so that a recorded callback cannot be played again later.
 */
export function sendgridSignatureHolds(publicKey: string, callback: SendGridCallback): boolean {
  if (!/^\d{1,12}$/.test(callback.timestamp)) return false;
  if (Math.abs(callback.now - Number(callback.timestamp) * 1_000) > SENDGRID_WINDOW_MS) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return createVerify('sha256')
      .update(callback.timestamp)
      .update(callback.rawBody)
      .verify(key, callback.signature, 'base64');
  } catch {
    return false;
  }
}

export interface GenericCallback {
  readonly type: 'token' | 'hmac-sha256' | 'basic';
  /** The header that holds the proof. */
  readonly header: string;
  readonly rawBody: Buffer;
}

/** How providers without an adapter prove their reports: a fixed token, an HMAC of the body, or a password. */
export function genericProofHolds(secrets: readonly string[], callback: GenericCallback): boolean {
  const { type, header, rawBody } = callback;
  return secrets.some((secret) => {
    if (type === 'token') return same(header, secret) || same(header, `Bearer ${secret}`);
    if (type === 'basic') return same(header, `Basic ${Buffer.from(secret).toString('base64')}`);
    const proof = header.replace(/^sha256=/i, '');
    const mac = createHmac('sha256', secret).update(rawBody);
    const bytes = mac.digest();
    return same(proof.toLowerCase(), bytes.toString('hex')) || same(proof, bytes.toString('base64'));
  });
}
