import { Injectable } from '@nestjs/common';
import { KeyedHash, SecretBox, Totp, normalizeRecoveryCode } from '@tollgate/api/crypto';
import { Clock } from '@tollgate/api/kernel';
import { CredentialRepository } from '../persistence/credential.repository';

export const factorContext = (factorId: string): string => `user-factor:${factorId}`;

/** The hash by which a recovery code is recognized. Bound to its owner: equal codes of two people differ. */
export function recoveryCodeHash(keyedHash: KeyedHash, userId: string, code: string): string {
  return keyedHash.of('recovery_code', `${userId}\n${code}`);
}

/**
 * Checks a code of a second factor and uses it up: an authenticator's step, with all before it, or one recovery code.
 * Of any number of equal codes at once exactly one passes, because the conditional UPDATE decides and not what was
 * read before it. Called inside the transaction of what the code is for: rolled back, the code is not used.
 */
@Injectable()
export class FactorCheck {
  constructor(
    private readonly credentials: CredentialRepository,
    private readonly secretBox: SecretBox,
    private readonly keyedHash: KeyedHash,
    private readonly clock: Clock,
  ) {}

  /** Which kind of code it was, or null when it is not right (or was used). */
  async use(userId: string, typed: string): Promise<'totp' | 'recovery_code' | null> {
    const digits = typed.replace(/[\s-]/g, '');
    return /^[0-9]{6}$/.test(digits) ? this.useTotp(userId, digits) : this.useRecoveryCode(userId, typed);
  }

  private async useTotp(userId: string, token: string): Promise<'totp' | null> {
    const now = this.clock.recordedAt();
    for (const factor of await this.credentials.activeFactors(userId)) {
      const secret = this.secretBox.open(factor.secret, factorContext(factor.id));
      const found = Totp.verify({ secret, token, atMs: now, window: 1, lastStep: factor.lastStep });
      if (found !== null && (await this.credentials.useStep(factor.id, found.step, now))) return 'totp';
    }
    return null;
  }

  private async useRecoveryCode(userId: string, typed: string): Promise<'recovery_code' | null> {
    const code = normalizeRecoveryCode(typed);
    if (code === null) return null;
    const hash = recoveryCodeHash(this.keyedHash, userId, code);
    return (await this.credentials.useRecoveryCode(userId, hash, this.clock.recordedAt())) ? 'recovery_code' : null;
  }
}
