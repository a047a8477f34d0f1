import { Component, inject } from '@angular/core';
import { Loaded, Region } from '@tollgate/console/ui';
import { AddressTest } from './address-test';
import { ApplicationInView } from './application-in-view';
import { NetworkForm } from './network-form';

/** Who may call with the live keys of an application, and a place to try it. */
@Component({
  selector: 'tg-application-network',
  imports: [AddressTest, Loaded, NetworkForm, Region],
  template: `
    <tg-region what="its addresses">
      <ng-template [tgLoaded]="view.application" let-application>
        <div class="all">
          <tg-network-form [application]="application" (saved)="view.application.set($event)" />
          <tg-address-test [applicationId]="application.id" />
        </div>
      </ng-template>
    </tg-region>
  `,
  styles: `
    .all {
      display: grid;
      gap: var(--tg-space-5);
      grid-template-columns: minmax(0, 1fr);
    }
    @media (min-width: 1200px) {
      .all {
        grid-template-columns: minmax(0, 720px) minmax(18rem, 1fr);
        align-items: start;
      }
    }
  `,
})
export class ApplicationNetwork {
  protected readonly view = inject(ApplicationInView);
}
