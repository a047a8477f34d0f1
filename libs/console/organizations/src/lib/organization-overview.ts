import { Component, computed, inject } from '@angular/core';
import { METRIC_DEFINITIONS, getCredits, metricsSummary } from '@tollgate/contracts';
import type { MetricName } from '@tollgate/contracts';
import { Permissions, apiResource } from '@tollgate/console/platform';
import { CreditsPipe, Id, Loaded, MetricTile, NOW, Region, Time } from '@tollgate/console/ui';
import { OrganizationInView } from './organization-in-view';

const DAY_MS = 86_400_000;
const TILES: readonly { readonly name: MetricName; readonly good: 'up' | 'down' | 'neither' }[] = [
  { name: 'started', good: 'neither' },
  { name: 'validated', good: 'up' },
  { name: 'verification_rate', good: 'up' },
  { name: 'unused_rate', good: 'down' },
  { name: 'sms_success_rate', good: 'up' },
  { name: 'credits', good: 'neither' },
];

/** What one organization is, what is left on its account, and how its last 30 days went. */
@Component({
  selector: 'tg-organization-overview',
  imports: [CreditsPipe, Id, Loaded, MetricTile, Region, Time],
  template: `
    <div class="tg-stack">
      @if (permissions.can('metrics:read')) {
        <section class="tg-stack" aria-label="Last 30 days">
          <h2>Last 30 days</h2>
          <tg-region what="its metrics" [lines]="3">
            <ng-template [tgLoaded]="summary" let-found>
              <div class="tg-tiles">
                @for (tile of tiles; track tile.name) {
                  <tg-metric
                    [label]="definitions[tile.name].title"
                    [definition]="definitions[tile.name].definition"
                    [value]="found.metrics[tile.name].value"
                    [previous]="found.previous[tile.name].value"
                    [unit]="unitOf(tile.name)"
                    [good]="tile.good"
                  />
                }
              </div>
            </ng-template>
          </tg-region>
        </section>
      }
      <div class="tg-grid halves">
        <tg-region class="tg-card" what="the facts">
          <ng-template [tgLoaded]="view.organization" let-organization>
            <h2>Facts</h2>
            <dl class="tg-facts">
              <div>
                <dt>Id</dt>
                <dd><tg-id [value]="organization.id" /></dd>
              </div>
              <div>
                <dt>Slug</dt>
                <dd>
                  <code>{{ organization.slug }}</code>
                </dd>
              </div>
              <div>
                <dt>Country</dt>
                <dd>{{ organization.country ?? '–' }}</dd>
              </div>
              <div>
                <dt>Time zone</dt>
                <dd>{{ organization.settings.time_zone }}</dd>
              </div>
              <div>
                <dt>Created</dt>
                <dd><tg-time [value]="organization.created_at" /></dd>
              </div>
              <div>
                <dt>Daily spend cap</dt>
                <dd>{{ cap(organization.settings.daily_spend_cap) }}</dd>
              </div>
            </dl>
          </ng-template>
        </tg-region>
        @if (permissions.can('credits:read')) {
          <tg-region class="tg-card" what="its balance">
            <ng-template [tgLoaded]="balance" let-found>
              <h2>Credits</h2>
              <dl class="tg-facts">
                <div>
                  <dt>Available</dt>
                  <dd class="tg-number">{{ found.available | credits }}</dd>
                </div>
                <div>
                  <dt>Held</dt>
                  <dd class="tg-number">{{ found.held | credits }}</dd>
                </div>
                <div>
                  <dt>Used a day</dt>
                  <dd class="tg-number">{{ found.burn.per_day | credits }}</dd>
                </div>
                <div>
                  <dt>Lasts</dt>
                  <dd>{{ lasts(found.burn.days_left) }}</dd>
                </div>
              </dl>
            </ng-template>
          </tg-region>
        }
      </div>
    </div>
  `,
  styles: `
    .halves {
      --tg-grid-min: 26rem;
      align-items: start;
    }
    h2 {
      margin-block-end: var(--tg-space-3);
    }
    .tg-stack > h2 {
      margin-block-end: 0;
    }
  `,
})
export class OrganizationOverview {
  protected readonly view = inject(OrganizationInView);
  protected readonly permissions = inject(Permissions);
  private readonly now = inject(NOW);
  protected readonly tiles = TILES;
  protected readonly definitions = METRIC_DEFINITIONS;

  // By the hour, so that the numbers hold still while they are read.
  private readonly until = computed(() => Math.ceil(this.now() / 3_600_000) * 3_600_000);
  protected readonly summary = apiResource(metricsSummary, () =>
    this.permissions.can('metrics:read')
      ? {
          query: {
            from: new Date(this.until() - 30 * DAY_MS).toISOString(),
            to: new Date(this.until()).toISOString(),
          },
          organization: this.view.id(),
        }
      : undefined,
  );
  protected readonly balance = apiResource(getCredits, () =>
    this.permissions.can('credits:read') ? { organization: this.view.id() } : undefined,
  );

  protected unitOf(name: MetricName): 'count' | 'percent' | 'credits' {
    const { unit } = METRIC_DEFINITIONS[name];
    return unit === 'milli_credits' ? 'credits' : unit;
  }

  protected cap(value: number | null): string {
    return value === null ? 'None' : `${new CreditsPipe().transform(value)} credits`;
  }

  protected lasts(days: number | null): string {
    if (days === null) return 'Nothing is being used';
    return days >= 1 ? `${Math.floor(days)} days` : 'Less than a day';
  }
}
