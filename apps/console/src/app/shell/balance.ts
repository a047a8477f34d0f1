import { DestroyRef, Service, computed, inject } from '@angular/core';
import { ActiveScope, Permissions, apiResource, route } from '@tollgate/console/platform';
import type { getCredits } from '@tollgate/contracts';

const LOOK_AGAIN_MS = 60_000;

/** The credits of the present organization, looked at every minute: the pill shows them, the banners warn of them. */
@Service()
export class Balance {
  private readonly scope = inject(ActiveScope);
  private readonly permissions = inject(Permissions);
  private readonly read = apiResource(route<typeof getCredits>('GET', '/v1/credits'), () =>
    // Outlives the organization: another one is another question.
    this.scope.organizationId() !== null && this.permissions.can('credits:read') ? {} : undefined,
  );
  /** Of the present organization alone, never of the one before while the next is read. */
  readonly view = computed(() => {
    const balance = this.read.value();
    return balance?.organization_id === this.scope.organizationId() ? balance : undefined;
  });
  readonly tone = computed<'calm' | 'low' | 'none'>(() => {
    const balance = this.view();
    if (!balance) return 'calm';
    return balance.available <= 0 ? 'none' : balance.low ? 'low' : 'calm';
  });
  /** How many whole days it lasts as credits go now; null when that cannot be said. */
  readonly daysLeft = computed(() => {
    const days = this.view()?.burn.days_left ?? null;
    return days === null ? null : Math.floor(days);
  });

  constructor() {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.read.reload();
    }, LOOK_AGAIN_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
