import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { SearchHit } from '@tollgate/contracts';
import { SearchSources } from '@tollgate/api/database';
import { DomainError, isId, type OrganizationScope } from '@tollgate/api/kernel';
import { DestinationVault } from './destination-vault';
import { readDestination } from './domain/destination';
import { VerificationLists } from './persistence/verification-lists';
import type { Verification } from './persistence/verification.entity';

/** Lets verifications be found from everywhere: by their id, or by the whole number or mailbox. */
@Injectable()
export class FindVerifications implements OnModuleInit {
  constructor(
    private readonly sources: SearchSources,
    private readonly lists: VerificationLists,
    private readonly vault: DestinationVault,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      permission: 'verifications:read',
      search: (text, scope, limit) => this.search(text, scope, limit),
    });
  }

  private async search(text: string, scope: OrganizationScope, limit: number): Promise<SearchHit[]> {
    const id = isId('vrf', text) ? text : undefined;
    const destinationHash = id === undefined ? this.hashOf(text) : undefined;
    if (destinationHash === null) return [];
    const rows: Verification[] = [];
    for (const test of [false, true]) {
      const filter = { organizationId: scope.organizationId, applicationId: null, test, id, destinationHash };
      const order = { sort: '-created_at', limit, cursor: undefined };
      rows.push(...(await this.lists.page(filter, order)).data);
    }
    return rows.slice(0, limit).map((row) => ({
      type: 'verification',
      id: row.id,
      label: row.destinationMasked ?? row.id,
      detail: `${row.channel} · ${row.status}${row.test ? ' · test' : ''}`,
      organization_id: row.organizationId,
    }));
  }

  private hashOf(text: string): string | null {
    try {
      return this.vault.hashOf(readDestination(text));
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }
}
