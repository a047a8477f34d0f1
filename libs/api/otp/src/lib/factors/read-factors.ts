import type { AuthenticatorView, InputOf, listFactors, Page } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { readScope } from '../application-caller';
import { FactorLists } from '../persistence/factor-lists';
import { Factors } from '../persistence/factors';
import { factorView } from './factor-view';

type Query = InputOf<typeof listFactors>['query'];

/** Authenticators of an application, or of an organization for its people. */
@Injectable()
export class ReadFactors {
  constructor(
    private readonly factors: Factors,
    private readonly lists: FactorLists,
    private readonly clock: Clock,
  ) {}

  /** @throws factor_not_found */
  async one(id: string, principal: Principal): Promise<AuthenticatorView> {
    const factor = await this.factors.find(id, readScope(principal));
    if (factor === null) throw new DomainError('factor_not_found');
    const left = await this.factors.recoveryCodesLeft([id]);
    return factorView(factor, left.get(id) ?? 0, this.clock.now());
  }

  /** @throws invalid_cursor */
  async page(query: Query, principal: Principal): Promise<Page<AuthenticatorView>> {
    const scope = readScope(principal);
    const asked = query.test === 'true';
    const elsewhere =
      scope.applicationId !== null && (query.application_id ?? scope.applicationId) !== scope.applicationId;
    const otherKind = scope.test !== null && query.test !== undefined && asked !== scope.test;
    if (elsewhere || otherKind) return { data: [], next_cursor: null, total_estimate: 0 };
    const page = await this.lists.page(
      {
        organizationId: scope.organizationId,
        applicationId: scope.applicationId ?? query.application_id ?? null,
        test: scope.test ?? asked,
        status: query.status,
        userRef: query.user_ref,
      },
      { sort: query.sort ?? '-created_at', limit: query.limit, cursor: query.cursor },
    );
    const left = await this.factors.recoveryCodesLeft(page.data.map((factor) => factor.id));
    const now = this.clock.now();
    return { ...page, data: page.data.map((factor) => factorView(factor, left.get(factor.id) ?? 0, now)) };
  }
}
