import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import { listProviders } from '@tollgate/contracts';
import { Permissions, Requires, apiResource } from '@tollgate/console/platform';
import { Banner, EmptyState, ListPage, Loaded, Region } from '@tollgate/console/ui';
import { ProviderCard } from './provider-card';

/** Who delivers: in the order in which they are asked, with how well each does just now. */
@Component({
  selector: 'tg-providers-page',
  imports: [Banner, EmptyState, ListPage, Loaded, MatButton, ProviderCard, Region, Requires, RouterLink],
  template: `
    <tg-list-page
      title="Delivery providers"
      subtitle="Asked in the order of their priority, by channel and country; the next takes over with the same code"
    >
      <a tgAct matButton="filled" routerLink="new" tgRequires="providers:write">Add provider</a>
      <tg-region what="the providers">
        <ng-template [tgLoaded]="providers" let-found>
          @if (onlyOutbox()) {
            <tg-banner tone="info">
              Messages go to the embedded outbox: read them under Messages. Add a provider to reach real phones and
              mailboxes.
            </tg-banner>
          }
          <div class="cards">
            @for (provider of found.data; track provider.id) {
              <tg-provider-card [provider]="provider" [readOnly]="refusal" (changed)="providers.reload()" />
            } @empty {
              <tg-empty-state icon="cell_tower" title="No providers" text="Without one nothing can be delivered." />
            }
          </div>
        </ng-template>
      </tg-region>
    </tg-list-page>
  `,
  styles: `
    .cards {
      display: grid;
      gap: var(--tg-space-4);
      grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr));
      margin-block-start: var(--tg-space-4);
    }
  `,
})
export class ProvidersPage {
  protected readonly refusal = inject(Permissions).refusal('providers:write');
  protected readonly providers = apiResource(listProviders, () => ({
    query: { limit: 200, sort: 'priority' as const },
  }));
  protected readonly onlyOutbox = computed(() => {
    const enabled = this.providers.value()?.data.filter((provider) => provider.enabled) ?? [];
    return enabled.length > 0 && enabled.every((provider) => provider.kind === 'outbox');
  });
}
