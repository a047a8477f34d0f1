import type { Permission, SearchHit } from '@tollgate/contracts';
import type { OrganizationScope } from '@tollgate/api/kernel';

export interface SearchSource {
  /** Who may find these things. */
  readonly permission: Permission;
  /** At most `limit` things whose name or id begins with or holds the text, within the scope; best first. */
  readonly search: (text: string, scope: OrganizationScope, limit: number) => Promise<SearchHit[]>;
}

/** Where slices say, in `onModuleInit`, how their things are found from everywhere. */
export class SearchSources {
  private readonly sources: SearchSource[] = [];

  register(source: SearchSource): void {
    this.sources.push(source);
  }

  all(): readonly SearchSource[] {
    return this.sources;
  }
}
