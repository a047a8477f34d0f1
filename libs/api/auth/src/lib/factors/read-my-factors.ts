import { Injectable } from '@nestjs/common';
import type { FactorView } from '@tollgate/contracts';
import type { Principal } from '@tollgate/api/kernel';
import { CredentialRepository } from '../persistence/credential.repository';
import { signedIn } from '../sessions/signed-in';
import { factorView } from './factor-view';

@Injectable()
export class ReadMyFactors {
  constructor(private readonly credentials: CredentialRepository) {}

  async list(caller: Principal): Promise<FactorView[]> {
    return (await this.credentials.factors(signedIn(caller).userId)).map(factorView);
  }

  async recoveryCodes(caller: Principal): Promise<{ remaining: number; created_at: string | null }> {
    const { remaining, createdAt } = await this.credentials.recoveryCodesLeft(signedIn(caller).userId);
    return { remaining, created_at: createdAt === null ? null : new Date(createdAt).toISOString() };
  }
}
