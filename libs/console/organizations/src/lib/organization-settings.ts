import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import type { OrganizationView } from '@tollgate/contracts';
import { Requires } from '@tollgate/console/platform';
import { DangerAct, DangerZone, Loaded, Region } from '@tollgate/console/ui';
import { OrganizationForm } from './organization-form';
import { OrganizationInView } from './organization-in-view';
import { SuspendOrganization } from './suspend-organization';

/** Settings of an organization, as staff change them, and what stops it. */
@Component({
  selector: 'tg-organization-settings',
  imports: [DangerAct, DangerZone, Loaded, MatButton, OrganizationForm, Region, Requires],
  template: `
    <tg-region what="its settings">
      <ng-template [tgLoaded]="view.organization" let-organization>
        <div class="all">
          <tg-organization-form [organization]="organization" (saved)="view.organization.set($event)" />
          @if (!organization.built_in) {
            <tg-danger-zone>
              @if (organization.status === 'suspended') {
                <tg-danger-act
                  title="Reactivate this organization"
                  text="Its keys answer again within a second, and its people can work as before."
                >
                  <button
                    matButton="outlined"
                    type="button"
                    tgRequires="organizations:suspend"
                    (click)="change(suspension.reactivate(organization))"
                  >
                    Reactivate organization
                  </button>
                </tg-danger-act>
              } @else {
                <tg-danger-act
                  title="Suspend this organization"
                  text="All of its keys refuse within a second. Nothing is deleted; it can be reactivated at any time."
                >
                  <button
                    matButton="outlined"
                    class="tg-danger"
                    type="button"
                    tgRequires="organizations:suspend"
                    (click)="change(suspension.suspend(organization))"
                  >
                    Suspend organization
                  </button>
                </tg-danger-act>
              }
            </tg-danger-zone>
          }
        </div>
      </ng-template>
    </tg-region>
  `,
  styles: `
    .all {
      display: grid;
      gap: var(--tg-space-8);
      max-inline-size: 720px;
    }
  `,
})
export class OrganizationSettings {
  protected readonly view = inject(OrganizationInView);
  protected readonly suspension = inject(SuspendOrganization);

  protected async change(act: Promise<OrganizationView | null>): Promise<void> {
    const changed = await act;
    if (changed) this.view.organization.set(changed);
  }
}
