import { Injectable } from '@nestjs/common';
import type { KeyView } from '@tollgate/contracts';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { keyState } from '../domain/key-state';
import { ApiKeys } from '../persistence/api-keys';
import { keyView } from './key-view';
import { KnownKeys } from './known-keys';

/** Revokes a key for good. Whoever revokes twice, or after somebody else did, gets the same answer. */
@Injectable()
export class RevokeKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly apiKeys: ApiKeys,
    private readonly knownKeys: KnownKeys,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Errors: not_found. */
  async execute(id: string, reason: string | undefined, caller: Principal): Promise<KeyView> {
    const now = this.clock.recordedAt();
    return this.unitOfWork.run(async () => {
      const key = await this.apiKeys.find(scopeOf(caller), id);
      if (key === null) throw new DomainError('not_found');
      if (!(await this.apiKeys.revoke(id, now))) return keyView(key, now);
      await this.knownKeys.changed();
      await this.auditTrail.record({
        action: 'api_key.revoked',
        organizationId: key.organizationId,
        target: { type: 'api_key', id, label: key.name },
        changes: [{ field: 'status', before: keyState(key, now), after: 'revoked' }],
        ...(reason === undefined ? {} : { reason }),
      });
      return keyView({ ...key, revokedAt: now }, now);
    });
  }
}
