import { Inject, Injectable } from '@nestjs/common';
import { DestinationForms } from '@tollgate/api/applications';
import { AuditTrail } from '@tollgate/api/audit';
import { KeyedHash } from '@tollgate/api/crypto';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, scopeOf, type Principal } from '@tollgate/api/kernel';
import type { addSuppression, InputOf, listSuppressions, Page, SuppressionView } from '@tollgate/contracts';
import type { SuppressionList } from './start-gate';
import { Suppressions } from './persistence/suppressions';

/** The suppression list: what people ask for, what providers report, what staff decide. */
@Injectable()
export class SuppressDestination implements SuppressionList {
  constructor(
    @Inject(Suppressions) private readonly suppressions: Suppressions,
    @Inject(DestinationForms) private readonly forms: DestinationForms,
    @Inject(KeyedHash) private readonly hashes: KeyedHash,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async add(entry: Parameters<SuppressionList['add']>[0]): Promise<void> {
    const at = this.clock.recordedAt();
    await this.suppressions.put({
      id: newId('sup', at),
      organizationId: entry.organizationId,
      channel: entry.channel,
      destinationHash: entry.destinationHash,
      destinationMasked: null,
      reason: entry.reason,
      note: null,
      endsAt: entry.until,
      createdAt: at,
      createdBy: 'system',
    });
  }

  /** @throws DomainError organization_required, invalid_destination, range_invalid when it would end in the past */
  async execute(caller: Principal, body: InputOf<typeof addSuppression>['body']): Promise<SuppressionView> {
    const organizationId = caller.actingOrganizationId;
    if (organizationId === null) throw new DomainError('organization_required');
    const at = this.clock.recordedAt();
    const endsAt = body.until === undefined ? null : Date.parse(body.until);
    if (endsAt !== null && endsAt <= at) throw new DomainError('range_invalid', { param: 'until' });
    const { hash, masked } = this.destination(body.channel, body.to);
    return this.unitOfWork.run(async () => {
      await this.suppressions.put({
        id: newId('sup', at),
        organizationId,
        channel: body.channel,
        destinationHash: hash,
        destinationMasked: masked,
        reason: 'manual',
        note: body.note ?? null,
        endsAt,
        createdAt: at,
        createdBy: caller.label,
      });
      const key = { channel: body.channel, destinationHash: hash };
      const view = await this.suppressions.find({ organizationId }, key);
      if (view === null) throw new Error('the suppression that was just written is not there');
      await this.audit.record({
        action: 'suppression.added',
        organizationId,
        target: { type: 'suppression', id: view.id, label: masked },
        ...(body.note === undefined ? {} : { reason: body.note }),
      });
      return view;
    });
  }

  /** @throws DomainError not_found also for one of another organization */
  remove(caller: Principal, id: string): Promise<void> {
    const scope = scopeOf(caller);
    return this.unitOfWork.run(async () => {
      const view = await this.suppressions.find(scope, { id });
      if (view === null || !(await this.suppressions.remove(scope, id))) throw new DomainError('not_found');
      await this.audit.record({
        action: 'suppression.removed',
        organizationId: view.organization_id,
        target: { type: 'suppression', id, ...(view.destination === null ? {} : { label: view.destination }) },
      });
    });
  }

  page(caller: Principal, query: InputOf<typeof listSuppressions>['query']): Promise<Page<SuppressionView>> {
    const channel = query.channel ?? (query.to?.includes('@') === true ? 'email' : 'sms');
    const hash = query.to === undefined ? null : this.destination(channel, query.to).hash;
    return this.suppressions.page(scopeOf(caller), query, hash, this.clock.recordedAt());
  }

  private destination(channel: 'sms' | 'email', to: string): { hash: string; masked: string } {
    const form = this.forms.read(to);
    if ((channel === 'email') !== form.to.includes('@')) throw new DomainError('invalid_destination', { param: 'to' });
    return { hash: this.hashes.of('destination', form.limitForm ?? form.to), masked: form.masked };
  }
}
