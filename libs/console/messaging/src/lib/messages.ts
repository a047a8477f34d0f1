import { Component, inject } from '@angular/core';
import { listMessages, MESSAGE_STATES } from '@tollgate/contracts';
import type { MessageView } from '@tollgate/contracts';
import { ActiveScope, apiList } from '@tollgate/console/platform';
import { DataTable, EmptyState, LogPage, SideSheet } from '@tollgate/console/ui';
import type { Column, Filter } from '@tollgate/console/ui';
import { MessageDetail } from './message-detail';

const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: MESSAGE_STATES.map((value) => ({ value, label: title(value) })),
  },
  {
    id: 'channel',
    label: 'Channel',
    kind: 'choice',
    options: [
      { value: 'sms', label: 'SMS' },
      { value: 'email', label: 'Email' },
    ],
  },
  { id: 'to', label: 'Recipient', kind: 'text', placeholder: '+27821234567 (whole)' },
  { id: 'template', label: 'Template', kind: 'text', placeholder: 'verification' },
  { id: 'date', label: 'Date', kind: 'dates', from: 'from', to: 'until' },
];

/** Every message, and in the embedded outbox what a phone would have shown. */
@Component({
  selector: 'tg-messages-page',
  imports: [DataTable, EmptyState, LogPage, MessageDetail, SideSheet],
  template: `
    <tg-log-page title="Messages" subtitle="One row for each delivery; open one to see it as its reader did">
      <tg-data-table label="Messages" noun="message" [list]="list" [columns]="columns" [opens]="true">
        <tg-empty-state
          tgEmpty
          icon="chat"
          title="No messages yet"
          text="Codes, invitations and notices appear here as they are sent."
        />
      </tg-data-table>
      <tg-side-sheet title="Message" [state]="list.state">
        <ng-template let-id><tg-message-detail [id]="id" (changed)="list.reload()" /></ng-template>
      </tg-side-sheet>
    </tg-log-page>
  `,
})
export class MessagesPage {
  private readonly scope = inject(ActiveScope);
  protected readonly list = apiList(listMessages, { sort: '-queued_at', filters: FILTERS });
  protected readonly columns: readonly Column<MessageView>[] = [
    { id: 'date', label: 'Date', kind: 'time', value: (row) => row.queued_at, sort: 'queued_at' },
    { id: 'type', label: 'Type', value: (row) => (row.channel === 'sms' ? 'SMS' : 'Email') },
    { id: 'template', label: 'Template', value: (row) => row.template },
    { id: 'to', label: 'Recipients', kind: 'masked', value: (row) => row.to },
    { id: 'subject', label: 'Subject', value: (row) => row.subject, wideOnly: true },
    ...(this.scope.organizationId() === null
      ? [{ id: 'organization', label: 'Organization', value: (row: MessageView) => row.organization } as const]
      : []),
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'provider', label: 'Provider', value: (row) => row.provider, wideOnly: true },
    { id: 'segments', label: 'Segments', kind: 'number', value: (row) => row.segments, hidden: true },
    { id: 'attempts', label: 'Attempts', kind: 'number', value: (row) => row.attempts, hidden: true },
    { id: 'source', label: 'Belongs to', kind: 'id', value: (row) => row.source.id, hidden: true },
    { id: 'id', label: 'Id', kind: 'id', value: (row) => row.id, hidden: true },
  ];
}
