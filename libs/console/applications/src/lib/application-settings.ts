import { Component, inject } from '@angular/core';
import { getApplicationSettings } from '@tollgate/contracts';
import type { ApplicationSettingsView, ApplicationView } from '@tollgate/contracts';
import { apiResource } from '@tollgate/console/platform';
import { Loaded, Region } from '@tollgate/console/ui';
import { ApplicationInView } from './application-in-view';
import { GeneralForm } from './general-form';
import { VerificationForm } from './verification-form';

/** What the application is called, and how its verifications go. Two records, each saved for itself. */
@Component({
  selector: 'tg-application-settings',
  imports: [GeneralForm, Loaded, Region, VerificationForm],
  template: `
    <div class="all">
      <tg-region what="the application">
        <ng-template [tgLoaded]="view.application" let-application>
          <tg-general-form [application]="application" (saved)="named($event)" />
        </ng-template>
      </tg-region>
      <tg-region what="its settings" [lines]="10">
        <ng-template [tgLoaded]="settings" let-found>
          <tg-verification-form [settings]="found" [organization]="view.organizationId()" (saved)="ruled($event)" />
        </ng-template>
      </tg-region>
    </div>
  `,
  styles: `
    .all {
      display: grid;
      gap: var(--tg-space-5);
      max-inline-size: 720px;
    }
  `,
})
export class ApplicationSettings {
  protected readonly view = inject(ApplicationInView);
  protected readonly settings = apiResource(getApplicationSettings, () => ({ params: { id: this.view.id() } }));

  // One version counts for both records: who saves one has to know it before the other is saved.
  protected named(application: ApplicationView): void {
    this.view.application.set(application);
    this.settings.reload();
  }

  protected ruled(settings: ApplicationSettingsView): void {
    this.settings.set(settings);
    this.view.application.reload();
  }
}
