import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { Router } from '@angular/router';
import { createTemplate, listTemplates } from '@tollgate/contracts';
import type { TemplateView } from '@tollgate/contracts';
import { ActiveScope, Api, Requires, apiList } from '@tollgate/console/platform';
import {
  DataTable,
  EmptyState,
  FormFrame,
  ListPage,
  SelectField,
  SideSheet,
  TextField,
  Toasts,
  apiForm,
} from '@tollgate/console/ui';
import type { Column, Filter } from '@tollgate/console/ui';

const CHANNELS = [
  { value: 'sms', label: 'SMS' },
  { value: 'email', label: 'Email' },
];
const FILTERS: readonly Filter[] = [
  { id: 'channel', label: 'Channel', kind: 'choice', options: CHANNELS },
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: [
      { value: 'active', label: 'Active' },
      { value: 'archived', label: 'Archived' },
    ],
  },
];
const FIRST_TEXT = '{{code}} is your {{application}} code. It works for {{minutes}} minutes. Do not share it.';

/** The texts of messages: those that come with the product, and an organization's own. */
@Component({
  selector: 'tg-templates-page',
  imports: [DataTable, EmptyState, FormFrame, ListPage, MatButton, Requires, SelectField, SideSheet, TextField],
  template: `
    <tg-list-page
      title="Templates"
      subtitle="The words of your messages, by channel and language. Built-in ones serve until you write your own"
    >
      <button tgAct matButton="filled" type="button" tgRequires="templates:write" (click)="open.set('new')">
        New template
      </button>
      <tg-data-table label="Templates" noun="template" [list]="list" [columns]="columns" [rowLink]="linkOf">
        <tg-empty-state tgEmpty icon="article" title="No templates" text="Write your own words for codes." />
      </tg-data-table>
      <tg-side-sheet title="New template" [openId]="open()" (closed)="open.set(null)">
        <ng-template>
          <tg-form [form]="form" submitLabel="Create template">
            <div class="tg-stack">
              <tg-text-field label="Name" [field]="form.fields.name" />
              <tg-select-field label="Channel" [field]="form.fields.channel" [options]="channels" />
            </div>
          </tg-form>
        </ng-template>
      </tg-side-sheet>
    </tg-list-page>
  `,
})
export class TemplatesPage {
  private readonly api = inject(Api);
  private readonly router = inject(Router);
  private readonly scope = inject(ActiveScope);
  private readonly toasts = inject(Toasts);
  protected readonly channels = CHANNELS;
  protected readonly open = signal<string | null>(null);
  protected readonly list = apiList(listTemplates, { sort: 'name', filters: FILTERS });
  protected readonly linkOf = (row: TemplateView) => [`${this.scope.root()}/templates`, row.id];
  protected readonly columns: readonly Column<TemplateView>[] = [
    { id: 'name', label: 'Name', value: (row) => row.name, sort: 'name' },
    { id: 'channel', label: 'Channel', value: (row) => (row.channel === 'sms' ? 'SMS' : 'Email') },
    { id: 'key', label: 'Key', kind: 'code', value: (row) => row.key },
    { id: 'locales', label: 'Languages', kind: 'tags', value: (row) => Object.keys(row.contents).slice(0, 6) },
    { id: 'built_in', label: 'Built in', kind: 'flag', value: (row) => row.built_in, yes: 'Built in', no: 'Yours' },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'version', label: 'Version', kind: 'number', value: (row) => row.version, wideOnly: true },
    { id: 'updated', label: 'Changed', kind: 'relative', value: (row) => row.updated_at, sort: 'updated_at' },
  ];
  protected readonly form = apiForm({
    schema: createTemplate.body.pick({ name: true, channel: true }),
    model: { name: '', channel: 'sms' },
    submit: ({ name, channel }) => {
      const content =
        channel === 'email'
          ? { subject: '{{code}} is your {{application}} code', text: FIRST_TEXT }
          : { text: FIRST_TEXT };
      return this.api.call(createTemplate, { body: { name, channel, contents: { en: content } } });
    },
    done: (made) => {
      this.toasts.done('Created');
      void this.router.navigate([`${this.scope.root()}/templates`, made.id]);
    },
  });
}
