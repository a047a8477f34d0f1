import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { DomainError } from '@tollgate/api/kernel';
import { ApiKeys, type NamedApiKey } from '../persistence/api-keys';
import { Applications } from '../persistence/applications';
import { MOST_KEYS } from './create-key';
import { auditedKey } from './key-view';
import { KnownKeys } from './known-keys';

const instantOrNull = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Counts and writes of a rotation, apart from who may do it. */
@Injectable()
export class KeyReplacement {
  constructor(
    private readonly apiKeys: ApiKeys,
    private readonly applications: Applications,
    private readonly knownKeys: KnownKeys,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Takes the lock under which keys of an application are counted. Errors: not_found, application_disabled, too_many_keys. */
  async makeRoom(key: NamedApiKey, now: number): Promise<void> {
    const scope = { organizationId: key.organizationId };
    if (!(await this.applications.lock(scope, key.applicationId))) throw new DomainError('not_found');
    const application = await this.applications.find(scope, key.applicationId);
    if (application?.status === 'disabled') throw new DomainError('application_disabled');
    if ((await this.apiKeys.countActive(key.applicationId, now)) >= MOST_KEYS) throw new DomainError('too_many_keys');
  }

  /** The new key in, the old one on its way out, both told. Errors: key_state. */
  async replace(old: NamedApiKey, next: NamedApiKey, oldEndsAt: number): Promise<void> {
    if (!(await this.apiKeys.retire(old.id, oldEndsAt, next.id))) throw new DomainError('key_state');
    const { applicationName: _name, ...stored } = next;
    await this.apiKeys.insert(stored);
    await this.knownKeys.changed();
    await this.auditTrail.record({
      action: 'api_key.rotated',
      organizationId: old.organizationId,
      target: { type: 'api_key', id: old.id, label: old.name },
      changes: [
        { field: 'expires_at', before: instantOrNull(old.expiresAt), after: instantOrNull(oldEndsAt) },
        { field: 'replaced_by', before: null, after: next.id },
        { field: 'new_key', before: null, after: auditedKey(next) },
      ],
    });
  }
}
