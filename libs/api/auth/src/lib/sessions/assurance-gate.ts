import { Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';
import { OrganizationDirectory, type OrganizationFacts } from '@tollgate/api/organizations';
import { UserDirectory, type UserFacts } from '@tollgate/api/users';
import { CredentialRepository } from '../persistence/credential.repository';
import type { Proof } from './proof';

export interface Admission {
  readonly user: UserFacts;
  readonly organization: OrganizationFacts;
  /** 1 = one factor, 2 = two of different kinds. */
  readonly level: 1 | 2;
}

/**
 * The one gate before every session, whichever way it comes to be: sign-in, second factor, invitation, set-up. It
 * decides by what is true now, in the transaction that makes the session, and not by what an earlier step saw.
 */
@Injectable()
export class AssuranceGate {
  constructor(
    private readonly users: UserDirectory,
    private readonly organizations: OrganizationDirectory,
    private readonly credentials: CredentialRepository,
  ) {}

  /**
   * @throws DomainError sign_in_failed for anybody who is not an active user of an existing organization, or proved no
   * first factor; second_factor_required when they have an authenticator and did not prove it
   */
  async admit(proof: Proof): Promise<Admission> {
    const user = await this.users.find(proof.userId);
    if (user === null || user.status !== 'active' || !proof.hasFirst) throw new DomainError('sign_in_failed');
    const organization = await this.organizations.find(user.organizationId);
    if (organization === null) throw new DomainError('sign_in_failed');
    const enrolled = (await this.credentials.activeFactors(user.id)).length > 0;
    if (enrolled && !proof.hasSecond) throw new DomainError('second_factor_required');
    return { user, organization, level: proof.hasSecond ? 2 : 1 };
  }
}
