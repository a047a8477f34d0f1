import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { getCredits, listKeys, listRefusals, systemHealth } from '@tollgate/contracts';
import { ActiveScope, Permissions, apiResource } from '@tollgate/console/platform';
import { formatCredits, Icon, NOW } from '@tollgate/console/ui';
import type { IconName } from '@tollgate/console/ui';

interface Matter {
  readonly id: string;
  readonly icon: IconName;
  readonly text: string;
  readonly link: string;
  readonly act: string;
}

const SOON_MS = 14 * 86_400_000;

/** What needs somebody: low credits, keys that expire soon, refusals, a system that is not well. */
@Component({
  selector: 'tg-attention',
  imports: [Icon, RouterLink],
  template: `
    <section class="tg-card" aria-label="What needs you">
      <h2>What needs you</h2>
      <ul>
        @for (matter of matters(); track matter.id) {
          <li>
            <tg-icon [name]="matter.icon" />
            <span>{{ matter.text }}</span>
            <a [routerLink]="matter.link">{{ matter.act }}</a>
          </li>
        } @empty {
          <li class="tg-muted"><tg-icon name="check_circle" /> Nothing. All is well.</li>
        }
      </ul>
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
    li {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr) auto;
      align-items: center;
      gap: var(--tg-space-3);
    }
  `,
})
export class Attention {
  private readonly scope = inject(ActiveScope);
  private readonly permissions = inject(Permissions);
  private readonly now = inject(NOW);

  private readonly inOrganization = computed(() => this.scope.organizationId() !== null);
  private readonly credits = apiResource(getCredits, () =>
    this.inOrganization() && this.permissions.can('credits:read') ? {} : undefined,
  );
  private readonly keys = apiResource(listKeys, () =>
    this.permissions.can('keys:read') && this.scope.name() !== 'finance' ? { query: { limit: 200 } } : undefined,
  );
  private readonly refusals = apiResource(listRefusals, () =>
    this.permissions.can('refusals:read') ? { query: { limit: 1 } } : undefined,
  );
  private readonly health = apiResource(systemHealth, () =>
    this.scope.name() === 'platform' && this.permissions.can('settings:read') ? {} : undefined,
  );

  protected readonly matters = computed<readonly Matter[]>(() => {
    const root = this.scope.root();
    const found: Matter[] = [];
    for (const check of this.health.value()?.checks.filter(({ status }) => status !== 'ok') ?? []) {
      found.push({
        id: `health-${check.name}`,
        icon: 'monitor_heart',
        text: `${check.name}: ${check.detail ?? 'not well'}`,
        link: `${root}/health`,
        act: 'System health',
      });
    }
    const credits = this.credits.value();
    if (credits !== undefined && (credits.low || credits.available <= 0)) {
      found.push({
        id: 'credits',
        icon: 'toll',
        text: `${formatCredits(credits.available)} credits are left`,
        link: `${root}/credits`,
        act: 'Credits',
      });
    }
    const expiring =
      this.keys.value()?.data.filter((key) => key.status === 'active' && this.isSoon(key.expires_at)) ?? [];
    if (expiring.length > 0) {
      found.push({
        id: 'keys',
        icon: 'key',
        text: `${expiring.length} API ${expiring.length === 1 ? 'key expires' : 'keys expire'} within two weeks`,
        link: `${root}/api-keys`,
        act: 'API keys',
      });
    }
    const refused = this.refusals.value()?.total_estimate ?? 0;
    if (refused > 0) {
      found.push({
        id: 'refusals',
        icon: 'gpp_maybe',
        text: `${refused} ${refused === 1 ? 'start was' : 'starts were'} refused`,
        link: `${root}/refusals`,
        act: 'See why',
      });
    }
    return found;
  });

  private isSoon(expires: string | null): boolean {
    return expires !== null && Date.parse(expires) - this.now() < SOON_MS;
  }
}
