import { Injectable } from '@nestjs/common';
import type {
  ApplicationSettingsView,
  ApplicationView,
  InputOf,
  Page,
  testApplicationAddress,
  ResultOf,
} from '@tollgate/contracts';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { applicationView, settingsView } from './application-view';
import { canonicalAddress } from './domain/address-ranges';
import { addressAllowed } from './domain/address-rule';
import { ApiKeys } from './persistence/api-keys';
import type { ApplicationRow } from './persistence/application.entity';
import { Applications, type ApplicationQuery } from './persistence/applications';

type AddressTest = ResultOf<typeof testApplicationAddress>;

/** Reads applications of the caller's organization; staff of the platform who chose none read all. */
@Injectable()
export class ReadApplications {
  constructor(
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly apiKeys: ApiKeys,
  ) {}

  async page(query: ApplicationQuery, caller: Principal): Promise<Page<ApplicationView>> {
    const found = await this.applications.page(scopeOf(caller), query);
    return { ...found, data: await this.views(found.data) };
  }

  /** Errors: not_found. */
  async one(id: string, caller: Principal): Promise<ApplicationView> {
    return this.view(await this.row(id, caller));
  }

  async view(row: ApplicationRow): Promise<ApplicationView> {
    const [view] = await this.views([row]);
    if (view === undefined) throw new Error('a row has a view');
    return view;
  }

  /** Errors: not_found. */
  async settings(id: string, caller: Principal): Promise<ApplicationSettingsView> {
    return settingsView(await this.row(id, caller));
  }

  /** Would a live key answer to this address? Errors: not_found, invalid_address_range. */
  async testAddress(
    id: string,
    input: InputOf<typeof testApplicationAddress>['body'],
    caller: Principal,
  ): Promise<AddressTest> {
    const row = await this.row(id, caller);
    const address = canonicalAddress(input.address.trim());
    if (address === null) {
      const detail = `${input.address} is not an IP address`;
      throw new DomainError('invalid_address_range', { param: 'address', detail });
    }
    const { allowed, reason, range } = addressAllowed(row.addressMode, row.allowedAddresses, address);
    return { address, allowed, reason, matched_range: range };
  }

  private async row(id: string, caller: Principal): Promise<ApplicationRow> {
    const row = await this.applications.find(scopeOf(caller), id);
    if (row === null) throw new DomainError('not_found');
    return row;
  }

  private async views(rows: readonly ApplicationRow[]): Promise<ApplicationView[]> {
    const ids = rows.map((row) => row.id);
    const summaries = await this.apiKeys.summaries(ids, this.clock.recordedAt());
    return rows.map((row) =>
      applicationView(
        row,
        summaries.filter((summary) => summary.applicationId === row.id),
      ),
    );
  }
}
