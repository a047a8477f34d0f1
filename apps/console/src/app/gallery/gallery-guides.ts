import { Component, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Checklist, DangerAct, DangerZone, SettingsSection, Step, Stepper } from '@tollgate/console/ui';

@Component({
  selector: 'tg-gallery-guides',
  imports: [Checklist, DangerAct, DangerZone, MatButton, SettingsSection, Step, Stepper],
  template: `
    <tg-checklist title="First steps" [items]="items" />
    <div class="tg-card">
      <tg-stepper finishLabel="Register application" [(at)]="at">
        <ng-template tgStep="Name"><p>What is it called?</p></ng-template>
        <ng-template tgStep="Addresses" [ready]="false"><p>Something here is not filled in.</p></ng-template>
        <ng-template tgStep="First key"><p>The key.</p></ng-template>
      </tg-stepper>
    </div>
    <tg-settings-section
      anchor="codes"
      title="Codes"
      text="How long codes are, how long they live, how often they can be tried."
    >
      <p>Controls of the section.</p>
    </tg-settings-section>
    <tg-danger-zone>
      <tg-danger-act
        title="Suspend this organization"
        text="All its keys refuse calls within a second. It can be reactivated."
      >
        <button matButton="outlined" class="tg-danger" type="button">Suspend</button>
      </tg-danger-act>
      <tg-danger-act
        title="Delete this application"
        text="Its keys and settings go. Its verifications stay in the logs."
      >
        <button matButton="filled" class="tg-danger" type="button">Delete application</button>
      </tg-danger-act>
    </tg-danger-zone>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-3);
    }
  `,
})
export class GalleryGuides {
  protected readonly at = signal(1);
  protected readonly items = [
    { id: 'mail', label: 'Verify your e-mail address', done: true },
    { id: 'app', label: 'Register an application', done: true },
    {
      id: 'key',
      label: 'Create a key',
      text: 'A test key costs nothing and sends nothing.',
      done: false,
      link: '.',
      act: 'Create key',
    },
    { id: 'send', label: 'Send a test code', text: 'It lands in the outbox.', done: false, link: '.' },
    { id: 'team', label: 'Invite a team member', done: false, link: '.' },
  ];
}
