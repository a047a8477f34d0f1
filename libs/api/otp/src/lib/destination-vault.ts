import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { KeyedHash, SecretBox } from '@tollgate/api/crypto';
import { limitForm, type Destination } from './domain/destination';
import type { StoredStep, Verification } from './persistence/verification.entity';

/** Where one send goes. */
export interface SendTarget {
  readonly channel: 'sms' | 'email';
  readonly masked: string | null;
  readonly hash: string | null;
  readonly limitHash: string | null;
  readonly country: string | null;
  readonly prefix: string | null;
}

/**
 * How destinations are kept: a keyed hash to find them by, AES-GCM to write to them, and nothing else. Sealed texts
 * are bound to the verification and the step they belong to, so none opens in another row.
 */
@Injectable()
export class DestinationVault {
  constructor(
    private readonly hashes: KeyedHash,
    private readonly box: SecretBox,
  ) {}

  /** For exact search. */
  hashOf(destination: Destination): string {
    return this.hashes.of('destination', destination.to);
  }

  /** For limits. Test mode counts by the mailbox as it is: there the tag is a scenario, not a way round. */
  limitHashOf(destination: Destination, test: boolean): string {
    return this.hashes.of('destination', test ? destination.to : limitForm(destination));
  }

  /** One pending verification a key: application, kind of key, destination or factor, and purpose. */
  pendingKeyOf(parts: {
    readonly applicationId: string;
    readonly test: boolean;
    readonly subject: string;
    readonly purpose: string;
  }): string {
    const text = [parts.applicationId, parts.test ? 'test' : 'live', parts.subject, parts.purpose].join('|');
    return createHash('sha256').update(text).digest('hex');
  }

  seal(verificationId: string, destination: Destination): string {
    return this.box.seal(destination.to, `verification:${verificationId}`);
  }

  sealStep(verificationId: string, step: number, destination: Destination): string {
    return this.box.seal(destination.to, `verification:${verificationId}:${step}`);
  }

  /** The verification's own destination. Null once retention has removed it, and for an authenticator. */
  open(row: Pick<Verification, 'id' | 'destinationSealed'>): string | null {
    if (row.destinationSealed === null) return null;
    return this.box.open(row.destinationSealed, `verification:${row.id}`);
  }

  /** The destination of a step of the workflow. */
  openStep(row: Verification, index: number): string | null {
    const other = stepOf(row, index).other;
    return other === null ? this.open(row) : this.box.open(other.sealed, `verification:${row.id}:${index}`);
  }
}

/** The step at an index; without a workflow there is one, to the destination itself. */
export function stepOf(row: Verification, index: number): StoredStep {
  const step = row.personal?.steps[index];
  if (step !== undefined) return step;
  if (row.channel === 'mobile') throw new Error('an authenticator is sent nothing');
  return { channel: row.channel, timeoutMs: 0, other: null };
}

export function targetOf(row: Verification, index: number): SendTarget {
  const { channel, other } = stepOf(row, index);
  if (other !== null) return { channel, ...other };
  const { destinationMasked: masked, destinationHash: hash, limitHash, country, prefix } = row;
  return { channel, masked, hash, limitHash, country, prefix };
}
