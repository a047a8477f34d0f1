import { Injectable } from '@nestjs/common';
import type { OrganizationView, Page } from '@tollgate/contracts';
import { DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { organizationView } from './organization-view';
import { Organizations, type OrganizationQuery } from './persistence/organizations';

/** Reads what the caller may see: staff of the platform every organization, everybody else their own. */
@Injectable()
export class ReadOrganizations {
  constructor(private readonly organizations: Organizations) {}

  async page(query: OrganizationQuery, caller: Principal): Promise<Page<OrganizationView>> {
    const found = await this.organizations.page(scopeOf(caller), query);
    return { ...found, data: found.data.map(organizationView) };
  }

  /** Errors: not_found. */
  async one(id: string, caller: Principal): Promise<OrganizationView> {
    const row = await this.organizations.find(scopeOf(caller), id);
    if (row === null) throw new DomainError('not_found');
    return organizationView(row);
  }
}
