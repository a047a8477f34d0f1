import { Component, inject } from '@angular/core';
import { Router } from '@angular/router';
import { getOrganization } from '@tollgate/contracts';
import type { OrganizationView } from '@tollgate/contracts';
import { ActiveScope, Session, apiResource } from '@tollgate/console/platform';
import { Id, Loaded, Region, SettingsPage, StatusChip } from '@tollgate/console/ui';
import { OrganizationForm } from './organization-form';

/** The settings of one's own organization; owners change them. */
@Component({
  selector: 'tg-own-settings-page',
  imports: [Id, Loaded, OrganizationForm, Region, SettingsPage, StatusChip],
  template: `
    <tg-settings-page title="Settings" subtitle="In force at once, for everybody in the organization">
      @if (organization.value(); as shown) {
        <tg-status tgStatus [value]="shown.status" />
      }
      @if (organization.value(); as shown) {
        <tg-id tgMeta [value]="shown.id" />
      }
      <tg-region what="the settings" [lines]="8">
        <ng-template [tgLoaded]="organization" let-shown>
          <tg-organization-form [organization]="shown" (saved)="saved($event)" />
        </ng-template>
      </tg-region>
    </tg-settings-page>
  `,
})
export class OwnSettingsPage {
  private readonly scope = inject(ActiveScope);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  protected readonly organization = apiResource(getOrganization, () => {
    const id = this.scope.organizationId();
    return id === null ? undefined : { params: { id } };
  });

  protected async saved(changed: OrganizationView): Promise<void> {
    const before = this.scope.organization()?.slug;
    this.organization.set(changed);
    if (before === changed.slug) return;
    // The address of this page holds the slug, and the session names the organization by it.
    await this.session.load();
    await this.router.navigateByUrl(`/o/${changed.slug}/settings`);
  }
}
