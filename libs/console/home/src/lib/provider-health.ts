import { Component, computed } from '@angular/core';
import { RouterLink } from '@angular/router';
import { listProviders } from '@tollgate/contracts';
import { apiResource } from '@tollgate/console/platform';
import { Loaded, Region } from '@tollgate/console/ui';
import { ProviderHealthRow } from './provider-health-row';

/** How each enabled provider delivers just now. */
@Component({
  selector: 'tg-provider-health',
  imports: [Loaded, ProviderHealthRow, Region, RouterLink],
  template: `
    <section class="tg-card" aria-label="Provider health">
      <h2>Provider health</h2>
      <tg-region what="the providers">
        <ng-template [tgLoaded]="providers">
          <ul>
            @for (provider of enabled(); track provider.id) {
              <li><tg-provider-health-row [provider]="provider" /></li>
            } @empty {
              <li class="tg-muted">No provider is enabled. <a routerLink="/platform/providers">Set one up</a></li>
            }
          </ul>
        </ng-template>
      </tg-region>
    </section>
  `,
  styles: `
    h2 {
      font: var(--mat-sys-title-medium);
      margin-block-end: var(--tg-space-3);
    }
    ul {
      display: grid;
      gap: var(--tg-space-3);
    }
  `,
})
export class ProviderHealth {
  protected readonly providers = apiResource(listProviders, () => ({
    query: { limit: 50, sort: 'priority' as const },
  }));
  protected readonly enabled = computed(
    () => this.providers.value()?.data.filter((provider) => provider.enabled) ?? [],
  );
}
