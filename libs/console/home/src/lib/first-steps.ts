import { Component, computed, inject, signal } from '@angular/core';
import { listApplications, listKeys, listVerifications } from '@tollgate/contracts';
import { ActiveScope, Permissions, Session, apiResource } from '@tollgate/console/platform';
import { Checklist } from '@tollgate/console/ui';
import type { ChecklistItem } from '@tollgate/console/ui';

const KEPT = 'tollgate.first-steps.dismissed';

/** From nothing to a live verification in five steps. Gone once all are done, or when it is put away. */
@Component({
  selector: 'tg-first-steps',
  imports: [Checklist],
  template: `
    @if (visible()) {
      <tg-checklist title="First steps" [items]="items()" [dismissable]="true" (dismissed)="dismiss()" />
    }
  `,
  // Once it is put away it takes no place, and no gap either.
  styles: `
    :host:empty {
      display: none;
    }
  `,
})
export class FirstSteps {
  private readonly scope = inject(ActiveScope);
  private readonly session = inject(Session);
  private readonly permissions = inject(Permissions);
  private readonly dismissed = signal(localStorage.getItem(KEPT) === 'true');

  private readonly asked = computed(() => !this.dismissed() && this.permissions.can('applications:write'));
  private readonly one = { limit: 1 };
  private readonly applications = apiResource(listApplications, () => (this.asked() ? { query: this.one } : undefined));
  private readonly keys = apiResource(listKeys, () => (this.asked() ? { query: this.one } : undefined));
  private readonly tests = apiResource(listVerifications, () =>
    this.asked() ? { query: { limit: 1, test: 'true' as const } } : undefined,
  );
  private readonly lives = apiResource(listVerifications, () =>
    this.asked() ? { query: { limit: 1, test: 'false' as const } } : undefined,
  );

  protected readonly items = computed<readonly ChecklistItem[]>(() => {
    const root = this.scope.root();
    const some = (list: { data: readonly unknown[] } | undefined, least = 1) => (list?.data.length ?? 0) >= least;
    return [
      {
        id: 'application',
        label: 'Register an application',
        text: 'What calls the API with its own keys.',
        done: some(this.applications.value()),
        link: `${root}/applications/new`,
        act: 'Register',
      },
      {
        id: 'key',
        label: 'Create an API key',
        text: 'A test key costs nothing and sends nothing.',
        done: some(this.keys.value()),
        link: `${root}/api-keys`,
        act: 'Create key',
      },
      {
        id: 'test',
        label: 'Verify a test number',
        text: 'In the test lab, or with the quick start.',
        done: some(this.tests.value()),
        link: `${root}/test-lab`,
        act: 'Open test lab',
      },
      {
        id: 'live',
        label: 'Send a first live code',
        text: 'With a live key and credits.',
        done: some(this.lives.value()),
        link: `${root}/quick-start`,
        act: 'Quick start',
      },
      {
        id: 'factor',
        label: 'Protect your sign-in',
        text: 'Add an authenticator app.',
        done: this.session.view()?.user.second_factor ?? false,
        link: '/me/security',
        act: 'Set up',
      },
    ];
  });
  protected readonly visible = computed(
    () => this.asked() && this.applications.settled() && this.items().some((item) => !item.done),
  );

  protected dismiss(): void {
    localStorage.setItem(KEPT, 'true');
    this.dismissed.set(true);
  }
}
