import { Injectable } from '@nestjs/common';
import { KeyedHash } from '@tollgate/api/crypto';
import { anchorHolds, anchorKeys, signAnchor, type Anchor, type AnchorKeys } from './domain/anchor';

/**
 * Signs anchors with an Ed25519 key (RFC 8032) made from the installation's hash key. Of the keys that there are, it
 * is the one that never rotates, so an anchor of years ago still holds; it is not in the database, so whoever can
 * change rows cannot sign; and the public half lets an auditor check anchors without any secret.
 */
@Injectable()
export class AnchorSigner {
  private readonly keys: AnchorKeys;

  constructor(keyedHash: KeyedHash) {
    this.keys = anchorKeys(Buffer.from(keyedHash.of('audit_anchor', 'ed25519'), 'hex'));
  }

  sign(anchor: Omit<Anchor, 'signature'>): Anchor {
    return signAnchor(anchor, this.keys.privateKey);
  }

  holds(anchor: Anchor): boolean {
    return anchorHolds(anchor, this.keys.publicKey);
  }

  /** SPKI, PEM: what an auditor is given. */
  get publicKey(): string {
    return this.keys.publicKey.export({ format: 'pem', type: 'spki' }).toString();
  }
}
