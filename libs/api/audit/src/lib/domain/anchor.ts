import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** "At this instant the chain of this organization ended with this row": signed once a day, kept twice. */
export interface Anchor {
  readonly organizationId: string;
  readonly seq: number;
  readonly hash: string;
  readonly anchoredAt: number;
  /** Ed25519 over `anchorText`, base64url. */
  readonly signature: string;
}

export function anchorText(anchor: Omit<Anchor, 'signature'>): string {
  return JSON.stringify([
    'tollgate.audit-anchor.v1',
    anchor.organizationId,
    anchor.seq,
    anchor.hash,
    anchor.anchoredAt,
  ]);
}

/** RFC 8410: what stands before the 32 bytes of an Ed25519 private key in PKCS#8. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface AnchorKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** The same 32 bytes give the same pair. */
export function anchorKeys(seed: Buffer): AnchorKeys {
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

export function signAnchor(anchor: Omit<Anchor, 'signature'>, privateKey: KeyObject): Anchor {
  return { ...anchor, signature: sign(null, Buffer.from(anchorText(anchor)), privateKey).toString('base64url') };
}

export function anchorHolds(anchor: Anchor, publicKey: KeyObject): boolean {
  return verify(null, Buffer.from(anchorText(anchor)), publicKey, Buffer.from(anchor.signature, 'base64url'));
}

/** One line of the anchor file. */
export function anchorLine(anchor: Anchor): string {
  return `${JSON.stringify({
    organization_id: anchor.organizationId,
    seq: anchor.seq,
    hash: anchor.hash,
    anchored_at: anchor.anchoredAt,
    signature: anchor.signature,
  })}\n`;
}

/** Null for a line that is no anchor, such as the last one of a machine that lost power while it was written. */
export function parseAnchorLine(line: string): Anchor | null {
  let read: unknown;
  try {
    read = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof read !== 'object' || read === null) return null;
  const { organization_id, seq, hash, anchored_at, signature } = read as Record<string, unknown>;
  return typeof organization_id === 'string' &&
    typeof seq === 'number' &&
    typeof hash === 'string' &&
    typeof anchored_at === 'number' &&
    typeof signature === 'string'
    ? { organizationId: organization_id, seq, hash, anchoredAt: anchored_at, signature }
    : null;
}
