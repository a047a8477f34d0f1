import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { InputOf, OperationPriceView, setOperationPrice } from '@tollgate/contracts';
import { priceOf } from './domain/price-book';
import { OperationPrices, priceView, type NewPrice } from './persistence/operation-prices';
import { PriceList } from './price-list';

/** A clock of the caller that is a little behind still means now. */
const PAST_GRACE_MS = 60_000;

/** Adds a version of a price. In force in every process within a second, or at its own instant. */
@Injectable()
export class SetOperationPrice {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(OperationPrices) private readonly prices: OperationPrices,
    @Inject(PriceList) private readonly list: PriceList,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(OrganizationDirectory) private readonly organizations: OrganizationDirectory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError price_version_conflict; range_invalid when it would take effect in the past */
  async execute(caller: Principal, body: InputOf<typeof setOperationPrice>['body']): Promise<OperationPriceView> {
    const now = this.clock.recordedAt();
    const asked = body.valid_from === undefined ? now : Date.parse(body.valid_from);
    if (asked < now - PAST_GRACE_MS) throw new DomainError('range_invalid', { param: 'valid_from' });
    const price: NewPrice = {
      id: newId('opr', now),
      operation: body.operation,
      country: body.country ?? null,
      price: body.price,
      active: body.active ?? true,
      validFrom: Math.max(asked, now),
      note: body.note ?? null,
      createdAt: now,
      createdBy: { id: caller.userId ?? caller.id, label: caller.label },
    };
    const before = (await this.list.book()).inForce(price.operation, price.country, price.validFrom);
    const organizationId = await this.organizations.platformId();

    return this.unitOfWork.run(async () => {
      await this.prices.add(price);
      await this.list.changed();
      await this.audit.record({
        action: 'operation_price.set',
        organizationId,
        target: {
          type: 'operation_price',
          id: price.id,
          label: `${price.operation} ${price.country ?? 'any country'}`,
        },
        changes: [
          { field: 'price', before: before === null ? null : priceOf(before), after: priceOf(price) },
          { field: 'valid_from', before: null, after: new Date(price.validFrom).toISOString() },
        ],
        ...(price.note === null ? {} : { reason: price.note }),
      });
      return priceView(price, price.validFrom > now ? 'scheduled' : 'current');
    });
  }
}
