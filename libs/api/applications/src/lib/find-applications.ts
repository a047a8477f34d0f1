import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SearchSources } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { keyHint } from './domain/key-state';
import { ApiKeys } from './persistence/api-keys';
import { Applications } from './persistence/applications';

/** Lets applications and API keys be found from everywhere. */
@Injectable()
export class FindApplications implements OnModuleInit {
  constructor(
    private readonly sources: SearchSources,
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly apiKeys: ApiKeys,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      permission: 'applications:read',
      search: async (text, scope, limit) => {
        const { data } = await this.applications.page(scope, { q: text, limit, sort: 'name' });
        return data.map(({ id, name, siteKey, organizationId }) => ({
          type: 'application' as const,
          id,
          label: name,
          detail: siteKey,
          organization_id: organizationId,
        }));
      },
    });
    this.sources.register({
      permission: 'keys:read',
      search: async (text, scope, limit) => {
        const { data } = await this.apiKeys.page(scope, null, { q: text, limit }, this.clock.recordedAt());
        return data.map((key) => ({
          type: 'api_key' as const,
          id: key.id,
          label: key.name,
          detail: `${keyHint(key.kind, key.lastFour)} · ${key.applicationName}`,
          organization_id: key.organizationId,
        }));
      },
    });
  }
}
