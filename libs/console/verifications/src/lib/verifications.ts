import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import { listVerifications, VERIFICATION_STATUSES } from '@tollgate/contracts';
import type { VerificationView } from '@tollgate/contracts';
import { ActiveScope, Exports, Permissions, apiList, withOrganization } from '@tollgate/console/platform';
import { DataTable, EmptyState, LogPage, SideSheet } from '@tollgate/console/ui';
import type { Column, ExportFormat, Filter } from '@tollgate/console/ui';
import { VerificationDetail } from './verification-detail';

const CHANNELS = { sms: 'SMS', email: 'Email', mobile: 'Mobile' } as const;
const label = (value: string): string => value.charAt(0).toUpperCase() + value.slice(1);

const FILTERS: readonly Filter[] = [
  {
    id: 'status',
    label: 'Status',
    kind: 'choice',
    options: VERIFICATION_STATUSES.map((value) => ({ value, label: label(value) })),
  },
  {
    id: 'channel',
    label: 'Channel',
    kind: 'choice',
    options: Object.entries(CHANNELS).map(([value, name]) => ({ value, label: name })),
  },
  { id: 'to', label: 'To', kind: 'text', placeholder: '+27821234567 (whole)' },
  { id: 'country', label: 'Country', kind: 'text', placeholder: 'ZA' },
  { id: 'purpose', label: 'Purpose', kind: 'text', placeholder: 'sign_in' },
  { id: 'application_id', label: 'Application', kind: 'text', placeholder: 'app_…' },
  { id: 'created', label: 'Started', kind: 'dates', from: 'created_from', to: 'created_before' },
];

/** The log explorer of the main job: every verification, its filters in the address, its story beside the list. */
@Component({
  selector: 'tg-verifications-page',
  imports: [DataTable, EmptyState, LogPage, RouterLink, SideSheet, VerificationDetail],
  template: `
    <tg-log-page
      title="Verifications"
      subtitle="Each proof of a phone number, mailbox or authenticator, and what became of it"
    >
      <tg-data-table
        label="Verifications"
        noun="verification"
        [list]="list"
        [columns]="columns()"
        [opens]="true"
        [exportable]="true"
        [exportRefusal]="permissions.refusal('exports:create')"
        (exported)="export($event)"
      >
        <tg-empty-state
          tgEmpty
          icon="verified"
          title="No verifications yet"
          text="Start one from your application, or try it in the test lab; switch to Test to see those of test keys."
        >
          @if (scope.name() === 'organization') {
            <a [routerLink]="scope.root() + '/test-lab'">Open the test lab</a>
          }
        </tg-empty-state>
      </tg-data-table>
      <tg-side-sheet title="Verification" [state]="list.state">
        <ng-template let-id><tg-verification-detail [id]="id" /></ng-template>
      </tg-side-sheet>
    </tg-log-page>
  `,
})
export class VerificationsPage {
  protected readonly scope = inject(ActiveScope);
  protected readonly permissions = inject(Permissions);
  private readonly exports = inject(Exports);

  protected readonly list = apiList(listVerifications, { sort: '-created_at', search: true, filters: FILTERS });
  protected readonly columns = withOrganization<VerificationView>([
    { id: 'created_at', label: 'Started', kind: 'time', value: (row) => row.created_at, sort: 'created_at' },
    { id: 'status', label: 'Status', kind: 'status', value: (row) => row.status },
    { id: 'channel', label: 'Channel', value: (row) => CHANNELS[row.channel] },
    { id: 'to', label: 'To', kind: 'masked', value: (row) => row.to },
    { id: 'country', label: 'Country', value: (row) => row.country, wideOnly: true },
    { id: 'purpose', label: 'Purpose', value: (row) => row.purpose, wideOnly: true },
    { id: 'sends', label: 'Sends', kind: 'number', value: (row) => row.sends.length, wideOnly: true },
    { id: 'provider', label: 'Provider', value: (row) => row.sends.at(-1)?.provider, wideOnly: true },
    { id: 'credits', label: 'Credits', kind: 'credits', value: (row) => row.credits.charged },
    { id: 'reason', label: 'Reason', value: (row) => row.reason?.replaceAll('_', ' '), hidden: true },
    { id: 'application', label: 'App ID', kind: 'id', value: (row) => row.application_id, hidden: true },
    { id: 'id', label: 'Id', kind: 'id', value: (row) => row.id, hidden: true },
  ] satisfies Column<VerificationView>[]);

  protected export(format: ExportFormat): void {
    void this.exports.start('verifications', format, 'Verifications', this.list.question());
  }
}
