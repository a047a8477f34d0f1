import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { DerivationKeys, safeEqual } from '@tollgate/api/crypto';
import { DestinationVault } from './destination-vault';
import { applicationKey, deriveCode, type CodeSubject } from './domain/one-time-code';
import type { Verification } from './persistence/verification.entity';

const MAX_KEYS = 5_000;
const NOBODY: CodeSubject = {
  test: false,
  applicationId: 'app_00000000000000000000000000',
  verificationId: 'vrf_00000000000000000000000000',
  purpose: 'sign_in',
  generation: 1,
};

type Coded = Pick<
  Verification,
  'id' | 'applicationId' | 'test' | 'purpose' | 'generation' | 'codeLength' | 'codeKeyId' | 'testNumberId' | 'createdAt'
> &
  Pick<Verification, 'destinationSealed'>;

/**
 * The codes of verifications, made anew whenever one is needed. A row names the key it began with, so rotating the
 * keys leaves pending ones valid; once its key is gone no code is right.
 */
@Injectable()
export class VerificationCodes {
  private readonly applicationKeys = new Map<string, Buffer>();

  constructor(
    private readonly keys: DerivationKeys,
    private readonly applications: ApplicationDirectory,
    private readonly vault: DestinationVault,
  ) {}

  /** The key that new verifications begin with. */
  currentKeyId(): string {
    return this.keys.current().id;
  }

  /** The code to send or to compare with. Null when there is none any more. */
  async codeOf(row: Coded): Promise<string | null> {
    if (row.testNumberId !== null) return this.fixedCodeOf(row);
    const key = this.keyFor(row.codeKeyId, row.applicationId);
    if (key === null) return null;
    return deriveCode(
      key,
      {
        test: row.test,
        applicationId: row.applicationId,
        verificationId: row.id,
        purpose: row.purpose,
        generation: row.generation,
      },
      row.codeLength,
    );
  }

  /** Compares in a time that does not depend on where two codes differ. */
  async matches(row: Coded, typed: string): Promise<boolean> {
    const code = await this.codeOf(row);
    if (code === null) {
      this.decoy(typed);
      return false;
    }
    return safeEqual(code, typed);
  }

  /** Does the work of a comparison for a verification that does not exist, so that the time does not tell. */
  decoy(typed: string): void {
    const { id } = this.keys.current();
    const key = this.keyFor(id, NOBODY.applicationId);
    if (key !== null) safeEqual(deriveCode(key, NOBODY, Math.max(4, Math.min(10, typed.length))), typed);
  }

  /** The number is looked up again: one that was removed or has ended since has no code. */
  private async fixedCodeOf(row: Coded): Promise<string | null> {
    const to = this.vault.open(row);
    if (to === null) return null;
    const number = await this.applications.testNumber(row.applicationId, to, row.createdAt);
    return number !== null && number.id === row.testNumberId ? number.code : null;
  }

  private keyFor(keyId: string, applicationId: string): Buffer | null {
    const name = `${keyId}|${applicationId}`;
    const known = this.applicationKeys.get(name);
    if (known !== undefined) return known;
    const master = this.keys.byId(keyId);
    if (master === null) return null;
    const key = applicationKey(master, applicationId);
    if (this.applicationKeys.size >= MAX_KEYS) this.applicationKeys.clear();
    this.applicationKeys.set(name, key);
    return key;
  }
}
