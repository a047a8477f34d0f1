import { Component, inject } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { deleteApplication, updateApplication } from '@tollgate/contracts';
import type { ApplicationView } from '@tollgate/contracts';
import { ActiveScope, Api, Requires } from '@tollgate/console/platform';
import { Confirm, DangerAct, DangerZone, Loaded, Region, Toasts, toProblem } from '@tollgate/console/ui';
import { ApplicationInView } from './application-in-view';

/** What stops an application, and what ends it. */
@Component({
  selector: 'tg-application-danger',
  imports: [DangerAct, DangerZone, Loaded, MatButton, Region, Requires],
  template: `
    <tg-region what="this application">
      <ng-template [tgLoaded]="view.application" let-application>
        <tg-danger-zone>
          @if (application.status === 'active') {
            <tg-danger-act
              title="Disable this application"
              text="All of its keys are refused within a second. Settings, keys and history stay; you can enable it again."
            >
              <button
                matButton="outlined"
                class="tg-danger"
                type="button"
                tgRequires="applications:write"
                (click)="disable(application)"
              >
                Disable application
              </button>
            </tg-danger-act>
          } @else {
            <tg-danger-act title="Enable this application" text="Its keys answer again within a second.">
              <button
                matButton="outlined"
                type="button"
                tgRequires="applications:write"
                (click)="turn(application, 'active')"
              >
                Enable application
              </button>
            </tg-danger-act>
          }
          <tg-danger-act
            title="Delete this application"
            text="It goes for good with its settings and test numbers; what it verified stays in the logs. Revoke its active keys first."
          >
            <button
              matButton="outlined"
              class="tg-danger"
              type="button"
              tgRequires="applications:write"
              (click)="remove(application)"
            >
              Delete application
            </button>
          </tg-danger-act>
        </tg-danger-zone>
      </ng-template>
    </tg-region>
  `,
})
export class ApplicationDanger {
  protected readonly view = inject(ApplicationInView);
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly router = inject(Router);
  private readonly scope = inject(ActiveScope);
  private readonly toasts = inject(Toasts);

  protected async disable(application: ApplicationView): Promise<void> {
    const { live, test } = application.active_keys;
    const confirmed = await this.confirm.ask({
      level: 2,
      title: `Disable ${application.name}?`,
      text: `${live} live and ${test} test keys are refused within a second. You can enable it again.`,
      verb: 'Disable application',
    });
    if (confirmed) await this.turn(application, 'disabled');
  }

  protected async turn(application: ApplicationView, status: ApplicationView['status']): Promise<void> {
    const { id, version } = application;
    try {
      this.view.application.set(await this.api.call(updateApplication, { params: { id }, body: { version, status } }));
      this.toasts.done(`${application.name} is ${status === 'active' ? 'enabled' : 'disabled'}`);
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
      this.view.application.reload();
    }
  }

  protected async remove(application: ApplicationView): Promise<void> {
    const confirmed = await this.confirm.ask({
      level: 3,
      title: `Delete ${application.name}?`,
      text: 'This cannot be undone. What it verified and what it cost stay in the logs.',
      verb: 'Delete application',
      name: application.site_key,
    });
    if (!confirmed) return;
    try {
      await this.api.call(deleteApplication, { params: { id: application.id } });
      this.toasts.done(`${application.name} is deleted`);
      await this.router.navigateByUrl(`${this.scope.root()}/applications`);
    } catch (failure) {
      const problem = toProblem(failure);
      this.toasts.failed(
        problem.code === 'application_not_empty' ? 'Revoke its active keys first, under Keys' : problem.title,
      );
    }
  }
}
