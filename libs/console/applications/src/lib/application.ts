import { Component, computed, inject } from '@angular/core';
import { ActiveScope, Permissions } from '@tollgate/console/platform';
import { Banner, DetailPage, Id, Loaded, Region, StatusChip } from '@tollgate/console/ui';
import { ApplicationInView } from './application-in-view';

/** One application: what it is, its rules, its keys. */
@Component({
  selector: 'tg-application-page',
  imports: [Banner, DetailPage, Id, Loaded, Region, StatusChip],
  providers: [ApplicationInView],
  template: `
    <tg-region what="this application">
      <ng-template [tgLoaded]="view.application" let-application>
        <tg-detail-page
          [title]="application.name"
          [tabs]="tabs()"
          [crumbs]="[{ label: 'Applications', link: scope.root() + '/applications' }]"
        >
          <tg-status tgStatus [value]="application.status" />
          <tg-id tgMeta [value]="application.id" />
          @if (application.status === 'disabled') {
            <tg-banner tone="warning" icon="block">
              This application is disabled: all of its keys are refused. Enable it under Danger.
            </tg-banner>
          } @else if (application.address_mode === 'listed' && application.allowed_addresses.length === 0) {
            <tg-banner tone="warning" icon="warning">
              No address is listed, so live keys answer to nobody. Add one under Network.
            </tg-banner>
          }
        </tg-detail-page>
      </ng-template>
    </tg-region>
  `,
})
export class ApplicationPage {
  protected readonly view = inject(ApplicationInView);
  protected readonly scope = inject(ActiveScope);
  private readonly permissions = inject(Permissions);

  protected readonly tabs = computed(() => [
    { label: 'Overview', link: 'overview' },
    { label: 'Settings', link: 'settings' },
    { label: 'Network', link: 'network' },
    ...(this.permissions.can('keys:read') ? [{ label: 'Keys', link: 'keys' }] : []),
    ...(this.permissions.can('applications:write') ? [{ label: 'Test numbers', link: 'test-numbers' }] : []),
    { label: 'Danger', link: 'danger' },
  ]);
}
