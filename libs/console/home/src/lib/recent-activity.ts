import { Component, computed, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { listAuditEvents } from '@tollgate/contracts';
import { ActiveScope, apiResource } from '@tollgate/console/platform';
import { Loaded, Region, Timeline } from '@tollgate/console/ui';
import type { TimelineEvent } from '@tollgate/console/ui';

/** The newest administrative acts and security events. */
@Component({
  selector: 'tg-recent-activity',
  imports: [Loaded, Region, RouterLink, Timeline],
  template: `
    <section class="tg-card" aria-label="Recent activity">
      <header class="tg-row">
        <h2>Recent activity</h2>
        <a [routerLink]="scope.root() + '/audit'">Audit log</a>
      </header>
      <tg-region what="recent activity">
        <ng-template [tgLoaded]="audit"
          ><tg-timeline label="Recent activity" mode="relative" [events]="events()"
        /></ng-template>
      </tg-region>
    </section>
  `,
  styles: `
    header {
      justify-content: space-between;
      margin-block-end: var(--tg-space-4);
    }
    h2 {
      font: var(--mat-sys-title-medium);
    }
  `,
})
export class RecentActivity {
  protected readonly scope = inject(ActiveScope);
  protected readonly audit = apiResource(listAuditEvents, () => ({ query: { limit: 8, sort: '-at' as const } }));
  protected readonly events = computed<readonly TimelineEvent[]>(() =>
    (this.audit.value()?.data ?? []).map((event) => ({
      id: event.id,
      at: event.at,
      title: `${event.actor.label}: ${event.action.replaceAll(/[._]/g, ' ')}`,
      text: event.target.label ?? '',
      icon: event.outcome === 'success' ? 'check_circle' : 'warning',
      tone: event.outcome === 'success' ? 'neutral' : 'warning',
    })),
  );
}
