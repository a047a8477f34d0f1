import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import {
  ChoiceField,
  Confirm,
  FormFrame,
  ListField,
  LookupField,
  MultiChoiceField,
  NumberField,
  Problem,
  SecretField,
  SelectField,
  TextField,
  TextareaField,
  Toasts,
  ToggleField,
  Jobs,
  apiForm,
} from '@tollgate/console/ui';
import type { Confirmation } from '@tollgate/console/ui';
import * as z from 'zod';

const body = z.strictObject({
  name: z.string().min(1).max(40),
  base_url: z.url().optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as ZA')
    .nullable(),
  mode: z.enum(['any', 'listed']),
  addresses: z.array(z.string().regex(/^[\d.:/a-f]+$/, 'must be an address or range')).max(5),
  channels: z.array(z.enum(['sms', 'email', 'mobile'])).min(1),
  ttl_s: z.int().min(60).max(3600),
  notes: z.string().max(200).optional(),
  enabled: z.boolean(),
  token: z.string().min(8).optional(),
  organization_id: z.string().optional(),
});

@Component({
  selector: 'tg-gallery-forms',
  imports: [
    ChoiceField,
    FormFrame,
    ListField,
    LookupField,
    MatButton,
    MultiChoiceField,
    NumberField,
    SecretField,
    SelectField,
    TextField,
    TextareaField,
    ToggleField,
  ],
  template: `
    <div class="tg-card">
      <tg-form [form]="form" submitLabel="Create application" cancelLabel="Cancel">
        <tg-text-field label="Name" [field]="form.fields.name" hint="Your team sees it; end users do not" />
        <tg-text-field label="Base URL" type="url" [optional]="true" [field]="form.fields.base_url" [mono]="true" />
        <tg-select-field label="Country" [field]="form.fields.country" blank="None" [options]="countries" />
        <tg-choice-field label="Addresses that may call" [field]="form.fields.mode" [options]="modes" />
        <tg-list-field
          label="Allowed addresses"
          [field]="form.fields.addresses"
          placeholder="203.0.113.0/24"
          hint="Paste a list, or add one at a time"
        />
        <tg-multi-choice-field label="Channels" [field]="form.fields.channels" [options]="channels" />
        <tg-number-field label="Code lives for" unit="seconds" [field]="form.fields.ttl_s" hint="60 to 3600" />
        <tg-lookup-field label="Organization" [optional]="true" [field]="form.fields.organization_id" [search]="find" />
        <tg-textarea-field label="Notes" [optional]="true" [field]="form.fields.notes" />
        <tg-secret-field label="Provider token" stored="Set 3 Oct 2026" [field]="form.fields.token" />
        <tg-toggle-field label="Enabled" hint="Takes calls at once" [field]="form.fields.enabled" />
      </tg-form>
    </div>
    <div class="tg-card">
      <h3>Read only, and refused by the server</h3>
      <tg-form [form]="locked"><tg-text-field label="Name" [field]="locked.fields.name" /></tg-form>
      <tg-form [form]="refused" submitLabel="Save (the server refuses)">
        <tg-text-field label="Name" [field]="refused.fields.name" />
      </tg-form>
      <tg-form [form]="conflict" submitLabel="Save (somebody else was first)">
        <tg-text-field label="Name" [field]="conflict.fields.name" />
      </tg-form>
    </div>
    <div class="tg-card tg-row">
      @for (one of ladder; track one.level) {
        <button matButton="outlined" type="button" (click)="ask(one)">Level {{ one.level }}</button>
      }
      <button matButton="outlined" type="button" (click)="undoable()">Level 1, with undo</button>
      <button matButton="outlined" type="button" (click)="toasts.failed('Saving failed: the server cannot be reached')">
        Failure toast
      </button>
      <button matButton="outlined" type="button" (click)="job()">Start a job</button>
      <span role="status">{{ said() }}</span>
    </div>
  `,
  styles: `
    :host,
    .tg-card:not(.tg-row) {
      display: grid;
      gap: var(--tg-space-4);
    }
  `,
})
export class GalleryForms {
  protected readonly toasts = inject(Toasts);
  private readonly jobs = inject(Jobs);
  private readonly confirm = inject(Confirm);
  protected readonly said = signal('');
  protected readonly form = apiForm({
    schema: body,
    model: {
      name: '',
      base_url: '',
      country: '',
      mode: 'any',
      addresses: ['203.0.113.7'],
      channels: ['sms'],
      ttl_s: 900 as number | null,
      notes: '',
      enabled: true,
      token: '',
      organization_id: '',
    },
    submit: (sent) => Promise.resolve(sent),
    done: () => this.toasts.done('Application created'),
  });
  protected readonly locked = apiForm({
    schema: z.strictObject({ name: z.string() }),
    model: { name: 'Web shop' },
    readOnly: () =>
      'Your role (viewer) does not include this (applications:write). An owner or admin can change your role.',
    submit: () => Promise.resolve(null),
  });
  protected readonly refused = apiForm({
    schema: z.strictObject({ name: z.string().min(1) }),
    model: { name: 'taken' },
    submit: () =>
      Promise.reject(
        new Problem({
          status: 409,
          code: 'slug_taken',
          title: 'Another organization has this slug',
          param: 'name',
          requestId: 'req_01KAMCX4E8S0N6R2V5T9W3Y7ZB',
        }),
      ),
  });
  protected readonly conflict = apiForm({
    schema: z.strictObject({ name: z.string().min(1) }),
    model: { name: 'My name for it' },
    submit: () =>
      Promise.reject(
        new Problem({ status: 409, code: 'version_conflict', title: 'Somebody else changed this meanwhile' }),
      ),
    reload: () => Promise.resolve({ name: 'Their name for it' }),
  });
  protected readonly countries = [
    { value: 'ZA', label: 'South Africa' },
    { value: 'IN', label: 'India' },
  ];
  protected readonly modes = [
    { value: 'any', label: 'Any address', hint: 'Keys work from everywhere' },
    { value: 'listed', label: 'Only listed addresses', hint: 'With an empty list every call is refused' },
  ];
  protected readonly channels = [
    { value: 'sms', label: 'SMS' },
    { value: 'email', label: 'E-mail' },
    { value: 'mobile', label: 'Authenticator app' },
  ];
  protected readonly ladder: readonly Confirmation[] = [
    {
      level: 2,
      title: 'Revoke this key?',
      text: 'Calls with it are refused within a second. 3 applications used it today.',
      verb: 'Revoke key',
    },
    {
      level: 3,
      title: 'Delete Web shop?',
      text: 'The application, its 4 keys and its settings go. Its verifications stay in the logs.',
      verb: 'Delete application',
      name: 'Web shop',
    },
    {
      level: 4,
      title: 'Suspend Acme Shop?',
      text: 'All its keys refuse calls at once.',
      consequences: ['12 applications stop', 'Nobody is charged'],
      verb: 'Suspend organization',
      name: 'acme-shop',
    },
    {
      level: 5,
      title: 'Delete everything?',
      text: 'This cannot be taken back.',
      verb: 'Delete everything',
      name: 'delete everything',
    },
  ];

  protected readonly find = (text: string) =>
    Promise.resolve(
      ['Acme Shop', 'Baobab Bank', 'Cedar Clinics']
        .filter((one) => one.toLowerCase().includes(text.toLowerCase()))
        .map((one) => ({ value: `org_${one}`, label: one })),
    );

  protected async ask(one: Confirmation): Promise<void> {
    const answer = await this.confirm.forReason(one);
    this.said.set(answer ? `Confirmed ${answer.reason}` : 'Not confirmed');
  }

  protected undoable(): void {
    void this.toasts.undoable({
      text: 'Application disabled',
      run: () => Promise.resolve(),
      undo: () => Promise.resolve(),
    });
  }

  protected job(): void {
    this.jobs.put({
      id: 'a',
      label: 'Request log (CSV)',
      status: 'running',
      progress: 0.4,
      detail: '20,000 of 50,000 rows',
    });
    this.jobs.put({
      id: 'b',
      label: 'Usage (XLSX)',
      status: 'ready',
      progress: 1,
      detail: '12,400 rows',
      href: '/v1/exports/b/file',
    });
  }
}
