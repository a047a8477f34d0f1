import { signal } from '@angular/core';
import { Checklist, InboxBubble, PhoneFrame, SettingsSection, Step, Stepper, Timeline } from '../../index';
import { BubbleHarness, ChecklistHarness, StepperHarness, TimelineHarness, renderPart } from '../../testing';

describe('A timeline', () => {
  it('shows what happened in order, with facts and statuses', async () => {
    const { loader, element } = await renderPart(`<tg-timeline [events]="events" />`, [Timeline], {
      events: [
        {
          id: '1',
          at: '2026-11-22T11:00:00.000Z',
          title: 'Requested',
          icon: 'add',
          facts: [['Country', 'ZA']],
          link: '/x',
        },
        {
          id: '2',
          at: '2026-11-22T11:00:02.000Z',
          title: 'Sent',
          icon: 'send',
          status: 'delivered',
          text: 'By twilio',
        },
      ],
    });
    const timeline = await loader.getHarness(TimelineHarness);
    expect(await timeline.titles()).toEqual(['Requested', 'Sent']);
    expect((await timeline.events())[1]).toContain('Delivered');
    expect(element.querySelector('a')?.getAttribute('href')).toBe('/x');
    expect(element.querySelector('dd')?.textContent).toBe('ZA');
  });

  it('says when nothing happened', async () => {
    const { loader } = await renderPart(`<tg-timeline [events]="[]" />`, [Timeline]);
    expect(await (await loader.getHarness(TimelineHarness)).text()).toBe('Nothing happened yet');
  });
});

describe('A checklist', () => {
  it('counts what is done and offers the next step first', async () => {
    let dismissed = 0;
    const { loader, element } = await renderPart(
      `<tg-checklist title="First steps" [items]="items" (dismissed)="dismiss()" />`,
      [Checklist],
      {
        items: [
          { id: 'a', label: 'Register', done: true },
          { id: 'b', label: 'Create a key', done: false, link: '/keys', act: 'Create key' },
          { id: 'c', label: 'Invite', done: false, link: '/team' },
        ],
        dismiss: () => (dismissed += 1),
      },
    );
    const list = await loader.getHarness(ChecklistHarness);
    expect(await list.progress()).toBe('1 of 3 completed');
    expect(await list.open()).toEqual(['Create a key', 'Invite']);
    expect([...element.querySelectorAll('a')].map((link) => link.textContent?.trim())).toEqual(['Create key', 'Start']);
    await list.dismiss();
    expect(dismissed).toBe(1);
  });
});

describe('A wizard', () => {
  it('goes on only from a step that is ready, keeps other steps, saves where asked and finishes', async () => {
    const did: string[] = [];
    const props = {
      ready: signal(false),
      save: () => Promise.resolve(did.push('saved') > 0),
      finish: () => did.push('finished'),
    };
    const part = await renderPart(
      `<tg-stepper (finished)="finish()">
         <ng-template tgStep="Name" [ready]="ready()"><input id="name" /></ng-template>
         <ng-template tgStep="Key" [leave]="save">Key</ng-template>
         <ng-template tgStep="Done">Done</ng-template>
       </tg-stepper>`,
      [Stepper, Step],
      props,
    );
    const wizard = await part.loader.getHarness(StepperHarness);
    expect(await wizard.steps()).toEqual(['Name', 'Key', 'Done']);
    await wizard.next();
    expect(await wizard.current()).toBe('Name');
    expect(await wizard.complaint()).toBe('Something on this step is not filled in yet.');
    props.ready.set(true);
    await part.settle();
    await wizard.next();
    expect(await wizard.current()).toBe('Key');
    await wizard.back();
    expect(await wizard.current()).toBe('Name');
    await wizard.next();
    await wizard.next();
    expect(await wizard.current()).toBe('Done');
    await wizard.next();
    expect(did).toEqual(['saved', 'finished']);
  });
});

describe('An inbox', () => {
  it('shows messages as their receivers see them', async () => {
    const { loader, element } = await renderPart(
      `<tg-phone label="Outbox"><tg-bubble from="ACME" text="482913 is your code" at="2026-11-22T11:59:00.000Z" /></tg-phone>`,
      [PhoneFrame, InboxBubble],
    );
    expect(await (await loader.getHarness(BubbleHarness)).message()).toBe('482913 is your code');
    expect(element.querySelector('[role=region]')?.getAttribute('aria-label')).toBe('Outbox');
    expect(element.textContent).toContain('1 minute ago');
  });
});

describe('A section of settings', () => {
  it('can be linked to', async () => {
    const { element } = await renderPart(`<tg-settings-section anchor="codes" title="Codes">x</tg-settings-section>`, [
      SettingsSection,
    ]);
    expect(element.querySelector('section')?.id).toBe('codes');
    expect(element.querySelector('section')?.getAttribute('aria-labelledby')).toBe('codes-title');
  });
});
