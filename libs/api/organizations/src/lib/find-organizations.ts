import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SearchSources } from '@tollgate/api/database';
import { Organizations } from './persistence/organizations';

/** Lets organizations be found from everywhere. */
@Injectable()
export class FindOrganizations implements OnModuleInit {
  constructor(
    private readonly sources: SearchSources,
    private readonly organizations: Organizations,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      permission: 'organizations:read',
      search: async (text, scope, limit) => {
        const { data } = await this.organizations.page(scope, { q: text, limit, sort: 'name' });
        return data.map(({ id, name, slug }) => ({
          type: 'organization' as const,
          id,
          label: name,
          detail: slug,
          organization_id: id,
        }));
      },
    });
  }
}
