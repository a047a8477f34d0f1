import { Component, inject, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { AUDIT_OUTCOMES, listAuditEvents, verifyAudit } from '@tollgate/contracts';
import type { AuditEventView, AuditReport } from '@tollgate/contracts';
import { Api, Requires, apiList, withOrganization } from '@tollgate/console/platform';
import { Banner, DataTable, EmptyState, LogPage, SideSheet, Toasts, toProblem } from '@tollgate/console/ui';
import type { Column, Filter } from '@tollgate/console/ui';
import { AuditEvent } from './audit-event';

const FILTERS: readonly Filter[] = [
  { id: 'action', label: 'Action', kind: 'text', placeholder: 'api_key.revoked' },
  { id: 'actor', label: 'Actor', kind: 'text', placeholder: 'ada@example.com' },
  { id: 'target_id', label: 'Target id', kind: 'text', placeholder: 'app_…' },
  {
    id: 'outcome',
    label: 'Outcome',
    kind: 'choice',
    options: AUDIT_OUTCOMES.map((value) => ({ value, label: value[0]?.toUpperCase() + value.slice(1) })),
  },
  { id: 'ip', label: 'IP address', kind: 'text', placeholder: '203.0.113.7' },
  { id: 'at', label: 'Date', kind: 'dates', from: 'from', to: 'to' },
];

/** Who did what, with before and after; and whether the chain of evidence holds. */
@Component({
  selector: 'tg-audit-log-page',
  imports: [AuditEvent, Banner, DataTable, EmptyState, LogPage, MatButton, Requires, SideSheet],
  template: `
    <tg-log-page title="Audit log" subtitle="Every administrative act and security event, sealed in a hash chain">
      <button
        tgAct
        matButton="outlined"
        type="button"
        tgRequires="audit:verify"
        [disabled]="checking()"
        (click)="verify()"
      >
        {{ checking() ? 'Verifying …' : 'Verify the chain' }}
      </button>
      @if (report(); as found) {
        <tg-banner tgAbove [tone]="found.ok ? 'success' : 'danger'">{{ verdict(found) }}</tg-banner>
      }
      <tg-data-table label="Audit events" noun="event" [list]="list" [columns]="columns()" [opens]="true">
        <tg-empty-state tgEmpty icon="history" title="Nothing happened yet" text="Changes and sign-ins appear here." />
      </tg-data-table>
      <tg-side-sheet title="Audit event" [state]="list.state">
        <ng-template let-id><tg-audit-event [id]="id" /></ng-template>
      </tg-side-sheet>
    </tg-log-page>
  `,
})
export class AuditLogPage {
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly checking = signal(false);
  protected readonly report = signal<AuditReport | null>(null);

  protected readonly list = apiList(listAuditEvents, { sort: '-at', search: true, filters: FILTERS });
  protected readonly columns = withOrganization<AuditEventView>([
    { id: 'at', label: 'Date', kind: 'time', value: (row) => row.at, sort: 'at' },
    { id: 'actor', label: 'Actor', value: (row) => row.actor.label },
    { id: 'action', label: 'Action', kind: 'code', value: (row) => row.action },
    { id: 'outcome', label: 'Outcome', kind: 'status', value: (row) => row.outcome },
    { id: 'target', label: 'Target', value: (row) => row.target.label ?? row.target.type },
    { id: 'target_id', label: 'Target id', kind: 'id', value: (row) => row.target.id, wideOnly: true },
    {
      id: 'changes',
      label: 'Changed',
      value: (row) => row.changes.map((change) => change.field).join(', '),
      wideOnly: true,
    },
    { id: 'ip', label: 'IP address', kind: 'code', value: (row) => row.addresses?.effective, wideOnly: true },
    { id: 'seq', label: 'Place', kind: 'number', value: (row) => row.seal?.seq, hidden: true },
  ] satisfies Column<AuditEventView>[]);

  protected verdict(report: AuditReport): string {
    const events = new Intl.NumberFormat('en').format(report.events_total);
    if (report.ok) return `The chain holds: ${events} events, every hash and every anchor checked.`;
    const faults = report.chains.flatMap((chain) => chain.faults);
    const first = faults[0];
    return `The chain is broken: ${faults.length} faults. ${first === undefined ? '' : `First: ${first.detail}.`}`;
  }

  protected async verify(): Promise<void> {
    this.checking.set(true);
    try {
      this.report.set(await this.api.call(verifyAudit, { body: {} }));
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.checking.set(false);
    }
  }
}
