import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { getProviderHealth } from '@tollgate/contracts';
import type { ProviderView } from '@tollgate/contracts';
import { apiResource } from '@tollgate/console/platform';
import { SharePipe, StatusChip } from '@tollgate/console/ui';

/** One provider: name, state, success in the last hour. */
@Component({
  selector: 'tg-provider-health-row',
  imports: [RouterLink, SharePipe, StatusChip],
  template: `
    <a [routerLink]="['/platform/providers', provider().id]">{{ provider().name }}</a>
    @if (health.value(); as found) {
      <tg-status [value]="found.state" />
      <span class="tg-number tg-muted">{{ rate() | share }}</span>
    }
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr) auto 4.5rem;
      align-items: center;
      gap: var(--tg-space-3);
    }
    span {
      text-align: end;
    }
  `,
})
export class ProviderHealthRow {
  readonly provider = input.required<ProviderView>();
  protected readonly health = apiResource(getProviderHealth, () => ({ params: { id: this.provider().id } }));
  protected readonly rate = computed(() => this.health.value()?.windows.at(-1)?.success_rate);
}
