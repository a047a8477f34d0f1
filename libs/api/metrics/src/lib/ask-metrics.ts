import { Injectable } from '@nestjs/common';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { GRAIN_MS, grainOf, type Interval } from './domain/buckets';
import { isTimeZone } from './domain/time-zone';
import type { UsageQuestion } from './persistence/usage-sums';

/** The members that every metrics query has. */
export interface RangeQuery {
  readonly from: string;
  readonly to: string;
  readonly time_zone?: string | undefined;
  readonly application_id?: string | undefined;
  readonly channel?: 'sms' | 'email' | 'mobile' | undefined;
  readonly country?: string | undefined;
  readonly test?: 'true' | 'false' | undefined;
  readonly view?: 'cohort' | 'event' | undefined;
}

export interface ReadyQuestion {
  readonly question: UsageQuestion;
  readonly zone: string;
  readonly range: Interval;
}

const LONGEST_MS = 400 * 86_400_000;

/** Turns a query into a question that this caller may ask: a key sees its own application and its own kind. */
@Injectable()
export class AskMetrics {
  constructor(private readonly organizations: OrganizationDirectory) {}

  async question(query: RangeQuery, caller: Principal): Promise<ReadyQuestion> {
    const range = { start: grainOf(Date.parse(query.from)), end: grainOf(Date.parse(query.to) + GRAIN_MS - 1) };
    if (range.end <= range.start || range.end - range.start > LONGEST_MS)
      throw new DomainError('range_invalid', { param: 'to' });
    const { organizationId } = scopeOf(caller);
    const zone = query.time_zone ?? (await this.zoneOf(organizationId));
    if (!isTimeZone(zone)) throw new DomainError('time_zone_invalid', { param: 'time_zone' });
    const question: UsageQuestion = {
      view: query.view ?? 'cohort',
      from: range.start,
      to: range.end,
      test: caller.test ?? query.test === 'true',
      organizationId,
      applicationId: caller.applicationId ?? query.application_id ?? null,
      channel: query.channel ?? null,
      country: query.country ?? null,
    };
    return { question, zone, range };
  }

  private async zoneOf(organizationId: string | null): Promise<string> {
    if (organizationId === null) return 'UTC';
    return (await this.organizations.get(organizationId)).settings.timeZone;
  }
}
