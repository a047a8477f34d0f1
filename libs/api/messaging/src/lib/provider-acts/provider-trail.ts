import { Injectable } from '@nestjs/common';
import { AuditTrail, type FieldChange } from '@tollgate/api/audit';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { ProviderRow } from '../persistence/entities';
import { ProviderDirectory } from '../provider-directory';

/** What every change of a provider leaves behind: an audit row of the platform, and fresh caches everywhere. */
@Injectable()
export class ProviderTrail {
  constructor(
    private readonly audit: AuditTrail,
    private readonly organizations: OrganizationDirectory,
    private readonly directory: ProviderDirectory,
  ) {}

  /** In the transaction of the change. */
  async record(
    action: string,
    row: Pick<ProviderRow, 'id' | 'name'>,
    changes: readonly FieldChange[] = [],
  ): Promise<void> {
    await this.directory.changed();
    await this.look(action, row, changes);
  }

  /** Of an act that changes nothing. */
  async look(
    action: string,
    row: Pick<ProviderRow, 'id' | 'name'>,
    changes: readonly FieldChange[] = [],
  ): Promise<void> {
    await this.audit.record({
      action,
      organizationId: await this.organizations.platformId(),
      target: { type: 'provider', id: row.id, label: row.name },
      changes,
    });
  }
}

/** What audit rows compare. Credentials are named, never shown. */
export function auditedProvider(row: ProviderRow, credentials: readonly string[]): Record<string, unknown> {
  const { kind, name, channels, countries, priority, weight, enabled, settings } = row;
  return {
    kind,
    name,
    channels,
    countries,
    priority,
    weight,
    enabled,
    ...Object.fromEntries(Object.entries(settings).map(([key, value]) => [`settings.${key}`, value as unknown])),
    credentials: [...credentials].sort(),
  };
}
