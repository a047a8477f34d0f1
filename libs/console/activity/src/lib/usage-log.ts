import { Component, inject } from '@angular/core';
import { listUsage } from '@tollgate/contracts';
import type { ResultOf } from '@tollgate/contracts';
import { Exports, Permissions, apiList, withOrganization } from '@tollgate/console/platform';
import { DataTable, EmptyState, LogPage } from '@tollgate/console/ui';
import type { ExportFormat, Filter } from '@tollgate/console/ui';

type Row = ResultOf<typeof listUsage>['data'][number];

const ACTIONS = { authentication: 'Authentication', verification: 'Verification' } as const;
const CHANNELS = { sms: 'SMS', email: 'Email', mobile: 'Mobile' } as const;

const options = (names: Readonly<Record<string, string>>) =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

const FILTERS: readonly Filter[] = [
  { id: 'action', label: 'Action', kind: 'choice', options: options(ACTIONS) },
  { id: 'channel', label: 'Channel', kind: 'choice', options: options(CHANNELS) },
  {
    id: 'result',
    label: 'Result',
    kind: 'choice',
    options: options({ success: 'Success', unused: 'Unused', failed: 'Failed' }),
  },
  { id: 'application_id', label: 'Application', kind: 'text', placeholder: 'app_…' },
  { id: 'at', label: 'When', kind: 'dates', from: 'from', to: 'to' },
];

/** What was metered: a row for each start, resend and check, and one for each code that nobody used. */
@Component({
  selector: 'tg-usage-log-page',
  imports: [DataTable, EmptyState, LogPage],
  template: `
    <tg-log-page title="Usage log" subtitle="Every metered act: codes created and sent, and codes checked">
      <details tgGuide class="guide">
        <summary>How to read this log</summary>
        <dl>
          <div>
            <dt>Authentication</dt>
            <dd>A code was created and sent, or sent again. <em>Unused</em> is only known when the code expires.</dd>
          </div>
          <div>
            <dt>Verification</dt>
            <dd>A code was checked: <em>Success</em> when it was right, <em>Failed</em> when it was not.</dd>
          </div>
          <div>
            <dt>Channel</dt>
            <dd>SMS, Email, or Mobile for an authenticator app on the user's phone.</dd>
          </div>
        </dl>
      </details>
      <tg-data-table
        label="Usage"
        noun="row"
        [list]="list"
        [columns]="columns()"
        [exportable]="true"
        [exportRefusal]="permissions.refusal('exports:create')"
        (exported)="export($event)"
      >
        <tg-empty-state
          tgEmpty
          icon="query_stats"
          title="Nothing was metered yet"
          text="Rows appear here with the first verification of a live key; switch to Test to see those of test keys."
        />
      </tg-data-table>
    </tg-log-page>
  `,
  styles: `
    .guide {
      border: 1px solid var(--mat-sys-outline-variant);
      border-radius: 12px;
      background: var(--tg-raised);
    }
    summary {
      cursor: pointer;
      padding: var(--tg-space-3) var(--tg-space-4);
      font-weight: 550;
    }
    dl {
      display: grid;
      gap: var(--tg-space-4);
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 16rem), 1fr));
      padding: 0 var(--tg-space-4) var(--tg-space-4);
    }
    dt {
      font-weight: 550;
    }
    dd {
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class UsageLogPage {
  protected readonly permissions = inject(Permissions);
  private readonly exports = inject(Exports);

  protected readonly list = apiList(listUsage, {
    sort: '-at',
    filters: FILTERS,
  });
  protected readonly columns = withOrganization<Row>([
    { id: 'at', label: 'When', kind: 'time', value: (row) => row.at, sort: 'at' },
    { id: 'application', label: 'App ID', kind: 'id', value: (row) => row.application_id },
    { id: 'action', label: 'Action', value: (row) => ACTIONS[row.action] },
    { id: 'channel', label: 'Channel', value: (row) => CHANNELS[row.channel] },
    { id: 'result', label: 'Result', kind: 'status', value: (row) => row.result },
    { id: 'requests', label: 'Requests', kind: 'number', value: (row) => row.requests },
    { id: 'credits', label: 'Credits', kind: 'credits', value: (row) => row.credits },
    { id: 'verification', label: 'Verification', kind: 'id', value: (row) => row.verification_id, hidden: true },
  ]);

  protected export(format: ExportFormat): void {
    void this.exports.start('usage', format, 'Usage log', this.list.question());
  }
}
