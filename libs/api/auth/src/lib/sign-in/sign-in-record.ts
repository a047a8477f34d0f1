import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash } from '@tollgate/api/crypto';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { UserFacts } from '@tollgate/api/users';
import { newlyLocked, type Attempt } from './attempts';

/** Whose sign-in it was: somebody we know, or a text that names nobody. */
export interface SignInSubject {
  readonly user: UserFacts | null;
  /** What was typed; for a stranger only its keyed hash is written. */
  readonly identifier: string;
}

/**
 * Writes down failed sign-ins: in the chain of the person's organization, or the platform's for a name that nobody
 * has. Both cost the same, so that the time of a refusal does not tell which it was.
 */
@Injectable()
export class SignInRecord {
  constructor(
    private readonly audit: AuditTrail,
    private readonly organizations: OrganizationDirectory,
    private readonly keyedHash: KeyedHash,
  ) {}

  async failed(
    subject: SignInSubject,
    what: 'password' | 'second_factor' | 'step_up',
    attempt: Attempt,
  ): Promise<void> {
    const { user } = subject;
    const organizationId = user?.organizationId ?? (await this.organizations.platformId());
    const target =
      user === null
        ? { type: 'identifier', id: this.keyedHash.of('audit_identifier', subject.identifier).slice(0, 32) }
        : { type: 'user', id: user.id, label: user.email };
    const locked = newlyLocked(attempt);
    await this.audit.record({
      action: locked.length === 0 ? 'sign_in.failed' : 'sign_in.locked',
      outcome: 'failure',
      organizationId,
      target,
      changes: [
        { field: 'proof', before: null, after: what },
        ...(locked.length === 0 ? [] : [{ field: 'slowed_down', before: null, after: [...locked] }]),
      ],
      actor: { kind: 'anonymous', id: '', label: '' },
    });
  }
}
