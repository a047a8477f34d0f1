import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { getOrganization, metricsSummary, metricsTimeseries } from '@tollgate/contracts';
import { ActiveScope, Permissions, apiResource } from '@tollgate/console/platform';
import { CodeSnippet, Id, Loaded, MetricTile, NOW, Region, Time } from '@tollgate/console/ui';
import { ApplicationInView } from './application-in-view';
import { startSnippets } from './start-snippets';

const WEEK_MS = 7 * 86_400_000;

/** Ids, the last seven days, and the first call with this application's own values. */
@Component({
  selector: 'tg-application-overview',
  imports: [CodeSnippet, Id, Loaded, MetricTile, Region, RouterLink, Time],
  template: `
    <div class="tg-stack">
      @if (permissions.can('metrics:read')) {
        <section class="tg-stack" aria-label="Last 7 days">
          <h2>Last 7 days</h2>
          <tg-region what="its metrics" [lines]="3">
            <ng-template [tgLoaded]="summary" let-found>
              <div class="tg-tiles">
                <tg-metric
                  label="Verifications started"
                  good="neither"
                  [value]="found.metrics.started.value"
                  [previous]="found.previous.started.value"
                  [trend]="trend()"
                  [link]="scope.root() + '/verifications'"
                  [linkQuery]="mine()"
                />
                <tg-metric
                  label="Verification rate"
                  unit="percent"
                  [value]="found.metrics.verification_rate.value"
                  [previous]="found.previous.verification_rate.value"
                />
                <tg-metric
                  label="Credits used"
                  unit="credits"
                  good="neither"
                  [value]="found.metrics.credits.value"
                  [previous]="found.previous.credits.value"
                />
              </div>
            </ng-template>
          </tg-region>
        </section>
      }
      <div class="tg-grid halves">
        <tg-region class="tg-card" what="the facts">
          <ng-template [tgLoaded]="view.application" let-application>
            <h2>Facts</h2>
            <dl class="tg-facts">
              <div>
                <dt>App ID</dt>
                <dd><tg-id [value]="application.id" /></dd>
              </div>
              <div>
                <dt>Site key</dt>
                <dd>
                  <code>{{ application.site_key }}</code>
                </dd>
              </div>
              <div>
                <dt>Organization</dt>
                <dd>
                  @if (organization.value(); as owner) {
                    <a [routerLink]="scope.root() + '/organizations/' + owner.id">{{ owner.name }}</a>
                  } @else if (scope.organization(); as here) {
                    {{ here.name }}
                  } @else {
                    <tg-id [value]="application.organization_id" />
                  }
                </dd>
              </div>
              <div>
                <dt>Base URL</dt>
                <dd>{{ application.base_url ?? '–' }}</dd>
              </div>
              <div>
                <dt>Live keys answer to</dt>
                <dd>
                  {{
                    application.open_to_any_address
                      ? 'Any address'
                      : application.allowed_addresses.join(', ') || 'Nobody'
                  }}
                </dd>
              </div>
              <div>
                <dt>Active keys</dt>
                <dd>{{ application.active_keys.live }} live, {{ application.active_keys.test }} test</dd>
              </div>
              <div>
                <dt>Last used</dt>
                <dd>
                  @if (application.last_used_at; as used) {
                    <tg-time [value]="used" />
                  } @else {
                    Never
                  }
                </dd>
              </div>
              <div>
                <dt>Created</dt>
                <dd><tg-time [value]="application.created_at" /></dd>
              </div>
            </dl>
          </ng-template>
        </tg-region>
        <section class="tg-stack" aria-label="First call">
          <h2>Start a verification</h2>
          <p class="tg-muted">
            Put one of its keys in place of <code>YOUR_KEY</code>. With a test key nothing is sent and nothing charged.
          </p>
          <tg-snippet label="Language" [snippets]="snippets" />
        </section>
      </div>
    </div>
  `,
  styles: `
    .halves {
      --tg-grid-min: 24rem;
      align-items: start;
    }
    .tg-card h2 {
      margin-block-end: var(--tg-space-3);
    }
  `,
})
export class ApplicationOverview {
  protected readonly view = inject(ApplicationInView);
  protected readonly scope = inject(ActiveScope);
  protected readonly permissions = inject(Permissions);
  private readonly now = inject(NOW);
  protected readonly snippets = startSnippets(window.location.origin);

  /** Whose it is, where the page does not say so already. */
  protected readonly organization = apiResource(getOrganization, () => {
    const id = this.view.organizationId();
    const asks = this.scope.organizationId() === null && this.permissions.can('organizations:read');
    return asks && id !== undefined ? { params: { id } } : undefined;
  });
  protected readonly mine = computed(() => ({ 'f.application_id': this.view.id() }));
  private readonly until = computed(() => Math.ceil(this.now() / 3_600_000) * 3_600_000);
  private readonly week = computed(() => ({
    from: new Date(this.until() - WEEK_MS).toISOString(),
    to: new Date(this.until()).toISOString(),
    application_id: this.view.id(),
  }));
  protected readonly summary = apiResource(metricsSummary, () =>
    this.permissions.can('metrics:read') ? { query: this.week() } : undefined,
  );
  private readonly started = apiResource(metricsTimeseries, () =>
    this.permissions.can('metrics:read')
      ? { query: { ...this.week(), metric: 'started' as const, bucket: 'day' as const } }
      : undefined,
  );
  protected readonly trend = computed(() => this.started.value()?.series[0]?.points.map((point) => point.value) ?? []);
}
