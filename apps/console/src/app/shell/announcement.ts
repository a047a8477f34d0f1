import { DestroyRef, Service, computed, inject } from '@angular/core';
import { apiResource, route } from '@tollgate/console/platform';
import type { getAnnouncement } from '@tollgate/contracts';

const LOOK_AGAIN_MS = 5 * 60_000;

/** What the installation tells everybody; null when nothing. Looked at when the console opens, and now and then. */
@Service()
export class Announcement {
  private readonly read = apiResource(route<typeof getAnnouncement>('GET', '/v1/announcement'), () => ({}));
  readonly text = computed(() => this.read.value()?.announcement ?? null);

  constructor() {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') this.read.reload();
    }, LOOK_AGAIN_MS);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }
}
