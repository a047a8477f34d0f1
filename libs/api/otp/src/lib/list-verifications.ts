import type { InputOf, listVerifications, Page, VerificationView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, isId, type Principal } from '@tollgate/api/kernel';
import { readScope, type ReadScope } from './application-caller';
import { DestinationVault } from './destination-vault';
import { readDestination } from './domain/destination';
import { VerificationLists } from './persistence/verification-lists';
import { VerificationParts } from './persistence/verification-parts';
import { verificationView } from './verification-view';

type Query = InputOf<typeof listVerifications>['query'];

const NOTHING: Page<VerificationView> = { data: [], next_cursor: null, total_estimate: 0 };

/** The verifications of an application, an organization or, for staff of the platform, of all. */
@Injectable()
export class ListVerifications {
  constructor(
    private readonly lists: VerificationLists,
    private readonly parts: VerificationParts,
    private readonly vault: DestinationVault,
    private readonly clock: Clock,
  ) {}

  /** @throws invalid_destination, invalid_cursor */
  execute(query: Query, principal: Principal): Promise<Page<VerificationView>> {
    return this.within(query, readScope(principal));
  }

  /** For exports, which run after the request that asked for them. */
  async within(query: Query, scope: ReadScope): Promise<Page<VerificationView>> {
    const at = this.clock.now();
    if (query.q !== undefined && !isId('vrf', query.q)) return NOTHING;
    // A key sees its own: another application is as good as none, another kind of key too.
    if (scope.applicationId !== null && (query.application_id ?? scope.applicationId) !== scope.applicationId)
      return NOTHING;
    const asked = query.test === 'true';
    if (scope.test !== null && query.test !== undefined && asked !== scope.test) return NOTHING;
    const page = await this.lists.page(
      {
        organizationId: scope.organizationId,
        applicationId: scope.applicationId ?? query.application_id ?? null,
        test: scope.test ?? asked,
        status: query.status,
        channel: query.channel,
        country: query.country,
        purpose: query.purpose,
        createdFrom: query.created_from === undefined ? undefined : Date.parse(query.created_from),
        createdBefore: query.created_before === undefined ? undefined : Date.parse(query.created_before),
        destinationHash: query.to === undefined ? undefined : this.vault.hashOf(readDestination(query.to)),
        id: query.q,
      },
      { sort: query.sort ?? '-created_at', limit: query.limit, cursor: query.cursor },
    );
    const sends = await this.parts.sendsOfAll(page.data.map((row) => row.id));
    const views = page.data.map((row) => verificationView(row, sends.get(row.id) ?? [], at));
    // One whose time is over reads as expired before the sweep has come by, so it is no pending one.
    return { ...page, data: views.filter((view) => query.status === undefined || view.status === query.status) };
  }
}
