import { Service, inject } from '@angular/core';
import { ActiveScope, Api, route } from '@tollgate/console/platform';
import type { IconName } from '@tollgate/console/ui';
import type { SearchHit, searchEverything } from '@tollgate/contracts';
import { Places } from '../places';

export interface FoundObject {
  readonly label: string;
  readonly hint: string;
  readonly icon: IconName;
  readonly link: string;
}

interface Kind {
  readonly words: string;
  readonly icon: IconName;
  readonly page: string;
  /** `/:id` behind the page, or `?open=` in its list. */
  readonly opens: 'page' | 'sheet';
}

const KINDS: Readonly<Record<SearchHit['type'], Kind>> = {
  organization: { words: 'Organization', icon: 'domain', page: 'organizations', opens: 'page' },
  application: { words: 'Application', icon: 'apps', page: 'applications', opens: 'page' },
  api_key: { words: 'API key', icon: 'key', page: 'api-keys', opens: 'sheet' },
  team_member: { words: 'Team member', icon: 'person', page: 'team', opens: 'sheet' },
  verification: { words: 'Verification', icon: 'verified', page: 'verifications', opens: 'sheet' },
  message: { words: 'Message', icon: 'chat', page: 'messages', opens: 'sheet' },
  request: { words: 'Request', icon: 'http', page: 'requests', opens: 'sheet' },
};

const search = route<typeof searchEverything>('GET', '/v1/search');

/** Objects of the server for the palette: only what the caller may see. Finds nothing when the server cannot answer. */
@Service()
export class ObjectSearch {
  private readonly api = inject(Api);
  private readonly scope = inject(ActiveScope);
  private readonly places = inject(Places);

  async search(text: string): Promise<readonly FoundObject[]> {
    const answer = await this.api.call(search, { query: { q: text.slice(0, 80) } }).catch(() => null);
    return (answer?.data ?? []).flatMap((hit) => {
      const kind = KINDS[hit.type];
      const root = this.rootOf(kind.page);
      if (!kind || !root) return [];
      const link = `${root}/${kind.page}${kind.opens === 'page' ? `/${hit.id}` : `?open=${hit.id}`}`;
      return [{ label: hit.label, hint: [kind.words, hit.detail].filter(Boolean).join(' · '), icon: kind.icon, link }];
    });
  }

  /** The present scope when it has the page, else the first place that has. */
  private rootOf(page: string): string | null {
    if (this.places.pages().some((one) => one.path === page)) return this.scope.root();
    const place = this.places
      .places()
      .find((one) => this.places.pagesOf(one.scope).some((entry) => entry.path === page));
    return place?.link ?? null;
  }
}
