import { Component, computed, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { RouterLink } from '@angular/router';
import type { OrganizationView } from '@tollgate/contracts';
import { ActiveScope, Permissions, Requires, Session } from '@tollgate/console/platform';
import { Banner, DetailPage, Id, Loaded, Region, StatusChip, Time } from '@tollgate/console/ui';
import { OrganizationInView } from './organization-in-view';
import { SuspendOrganization } from './suspend-organization';

/** One organization, from all sides. */
@Component({
  selector: 'tg-organization-page',
  imports: [Banner, DetailPage, Id, Loaded, MatButton, Region, Requires, RouterLink, StatusChip, Time],
  providers: [OrganizationInView],
  template: `
    <tg-region what="this organization">
      <ng-template [tgLoaded]="view.organization" let-organization>
        <tg-detail-page
          [title]="organization.name"
          [tabs]="tabs()"
          [crumbs]="[{ label: 'Organizations', link: '/' + place + '/organizations' }]"
        >
          <tg-status tgStatus [value]="organization.status" />
          <tg-id tgMeta [value]="organization.id" />
          @if (organization.built_in) {
            <span tgMeta>The organization of the staff</span>
          } @else if (organization.status === 'suspended') {
            <button
              tgAct
              matButton="outlined"
              type="button"
              tgRequires="organizations:suspend"
              (click)="reactivate(organization)"
            >
              Reactivate
            </button>
          } @else if (organization.status === 'active') {
            <button
              tgAct
              matButton="outlined"
              type="button"
              tgRequires="organizations:suspend"
              (click)="suspend(organization)"
            >
              Suspend
            </button>
          }
          @if (session.view()?.can_select_organization && !organization.built_in) {
            <a tgAct matButton="filled" [routerLink]="view.root()">Open its console</a>
          }
          @if (organization.suspended_at; as since) {
            <tg-banner tone="danger" icon="pause">
              Suspended <tg-time [value]="since" />: {{ organization.suspension_reason }}
            </tg-banner>
          }
        </tg-detail-page>
      </ng-template>
    </tg-region>
  `,
})
export class OrganizationPage {
  protected readonly view = inject(OrganizationInView);
  protected readonly session = inject(Session);
  private readonly permissions = inject(Permissions);
  private readonly suspension = inject(SuspendOrganization);
  protected readonly place = inject(ActiveScope).name();

  protected readonly tabs = computed(() => [
    { label: 'Overview', link: 'overview' },
    ...(this.permissions.can('team:read') ? [{ label: 'People', link: 'people' }] : []),
    ...(this.permissions.can('applications:read') ? [{ label: 'Applications', link: 'applications' }] : []),
    ...(this.permissions.can('credits:read') ? [{ label: 'Credits', link: 'credits' }] : []),
    ...(this.permissions.can('audit:read') ? [{ label: 'Activity', link: 'activity' }] : []),
    { label: 'Settings', link: 'settings' },
  ]);

  protected async suspend(organization: OrganizationView): Promise<void> {
    const changed = await this.suspension.suspend(organization);
    if (changed) this.view.organization.set(changed);
  }

  protected async reactivate(organization: OrganizationView): Promise<void> {
    const changed = await this.suspension.reactivate(organization);
    if (changed) this.view.organization.set(changed);
  }
}
