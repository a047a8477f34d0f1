import { Injectable } from '@nestjs/common';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';
import { PLATFORM_ORGANIZATION_ID } from './domain/platform-organization';
import type { OrganizationDirectory, OrganizationFacts } from './organization-directory';
import { factsOf } from './organization-view';
import { Organizations } from './persistence/organizations';

const TOPIC = 'organizations';

/** The directory in memory: a suspension counts here at once, and within a second in every other process. */
@Injectable()
export class CachedOrganizationDirectory implements OrganizationDirectory {
  private readonly topic: CacheTopic<OrganizationFacts | null>;

  constructor(
    private readonly cache: VersionedCache,
    private readonly organizations: Organizations,
  ) {
    this.topic = cache.topic<OrganizationFacts | null>(TOPIC);
  }

  find(id: string): Promise<OrganizationFacts | null> {
    return this.topic.get(id, async () => {
      const row = await this.organizations.find({ organizationId: id }, id);
      return row === null ? null : factsOf(row);
    });
  }

  async get(id: string): Promise<OrganizationFacts> {
    const found = await this.find(id);
    if (found === null) throw new DomainError('not_found');
    return found;
  }

  platformId(): Promise<string> {
    return Promise.resolve(PLATFORM_ORGANIZATION_ID);
  }

  /** Something of an organization was changed: call it in the transaction of the change. */
  changed(): Promise<void> {
    return this.cache.bump(TOPIC);
  }
}
