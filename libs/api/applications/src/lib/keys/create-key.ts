import { Injectable } from '@nestjs/common';
import type { createKey, InputOf, NewKeyView } from '@tollgate/contracts';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { normalizeRanges } from '../domain/address-rule';
import { ApiKeys } from '../persistence/api-keys';
import { Applications } from '../persistence/applications';
import { auditedKey, keyView } from './key-view';
import { MintKey } from './mint-key';

type NewKey = InputOf<typeof createKey>['body'];

/** Active keys of one application: enough for every server and every rotation, and a list that one can read. */
export const MOST_KEYS = 50;

@Injectable()
export class CreateKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly apiKeys: ApiKeys,
    private readonly mintKey: MintKey,
    private readonly auditTrail: AuditTrail,
  ) {}

  /** Errors: not_found, application_disabled, too_many_keys, invalid_address_range, validation_failed. */
  async execute(applicationId: string, wanted: NewKey, caller: Principal): Promise<NewKeyView> {
    const scope = scopeOf(caller);
    const now = this.clock.recordedAt();
    const allowedAddresses = rangesOf(wanted);
    const expiresAt = expiryOf(wanted.expires_at, now);
    return this.unitOfWork.run(async () => {
      if (!(await this.applications.lock(scope, applicationId))) throw new DomainError('not_found');
      const application = await this.applications.find(scope, applicationId);
      if (application === null) throw new DomainError('not_found');
      if (application.status === 'disabled') throw new DomainError('application_disabled');
      if ((await this.apiKeys.countActive(applicationId, now)) >= MOST_KEYS) throw new DomainError('too_many_keys');
      const { row, token } = this.mintKey.mint({
        organizationId: application.organizationId,
        applicationId,
        applicationName: application.name,
        kind: wanted.kind,
        name: wanted.name,
        scopes: wanted.scopes,
        allowedAddresses,
        expiresAt,
        replaces: null,
        createdBy: caller.label,
      });
      await this.store(row);
      return { ...keyView(row, now), token };
    });
  }

  private async store(row: Parameters<typeof auditedKey>[0]): Promise<void> {
    const { applicationName: _name, ...stored } = row;
    await this.apiKeys.insert(stored);
    await this.auditTrail.record({
      action: 'api_key.created',
      organizationId: row.organizationId,
      target: { type: 'api_key', id: row.id, label: row.name },
      changes: changesBetween({}, auditedKey(row)),
    });
  }
}

/** Null where the key follows its application alone. A test key answers to everybody, so ranges on it would deceive. */
function rangesOf(wanted: NewKey): string[] | null {
  if (wanted.allowed_addresses === undefined || wanted.allowed_addresses === null) return null;
  if (wanted.kind === 'test') {
    throw new DomainError('validation_failed', {
      param: 'allowed_addresses',
      detail: 'Test keys answer to every address; leave allowed_addresses out',
    });
  }
  return normalizeRanges(wanted.allowed_addresses, wanted.confirm_any_range === true);
}

/** @throws validation_failed for an instant that is not in the future */
export function expiryOf(expiresAt: string | null | undefined, now: number): number | null {
  if (expiresAt === undefined || expiresAt === null) return null;
  const at = Date.parse(expiresAt);
  if (at <= now) {
    throw new DomainError('validation_failed', { param: 'expires_at', detail: 'expires_at must be in the future' });
  }
  return at;
}
