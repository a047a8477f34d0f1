import { Component, input } from '@angular/core';
import { getAuditEvent } from '@tollgate/contracts';
import { apiResource } from '@tollgate/console/platform';
import { DiffView, Id, Loaded, Region, StatusChip, Time } from '@tollgate/console/ui';

/** One audit event: who, what, from where, what changed, and its place in the chain. */
@Component({
  selector: 'tg-audit-event',
  imports: [DiffView, Id, Loaded, Region, StatusChip, Time],
  template: `
    <tg-region what="the event">
      <ng-template [tgLoaded]="event" let-shown>
        <div class="tg-stack">
          <p class="tg-row">
            <code>{{ shown.action }}</code>
            <tg-status [value]="shown.outcome" />
          </p>
          <dl class="tg-facts">
            <div>
              <dt>When</dt>
              <dd><tg-time [value]="shown.at" /></dd>
            </div>
            <div>
              <dt>Actor</dt>
              <dd>
                {{ shown.actor.label }} <span class="tg-muted">({{ shown.actor.kind.replace('_', ' ') }})</span>
              </dd>
            </div>
            <div>
              <dt>Target</dt>
              <dd>{{ shown.target.label ?? shown.target.type }} <tg-id [value]="shown.target.id" /></dd>
            </div>
            @if (shown.reason) {
              <div>
                <dt>Reason</dt>
                <dd>{{ shown.reason }}</dd>
              </div>
            }
            @if (shown.addresses; as addresses) {
              <div>
                <dt>Addresses</dt>
                <dd>
                  <code>{{ addresses.effective }}</code> effective,
                  <code>{{ addresses.forwarded ?? 'none' }}</code> forwarded, <code>{{ addresses.remote }}</code> remote
                </dd>
              </div>
            }
            @if (shown.request_id; as request) {
              <div>
                <dt>Request id</dt>
                <dd><tg-id [value]="request" /></dd>
              </div>
            }
            <div>
              <dt>Seal</dt>
              <dd>
                @if (shown.seal; as seal) {
                  Place {{ seal.seq }}, <code>{{ seal.hash.slice(0, 16) }}…</code>
                } @else {
                  Not sealed yet: that takes up to a second
                }
              </dd>
            </div>
          </dl>
          <h3>What changed</h3>
          <tg-diff [changes]="shown.changes" />
        </div>
      </ng-template>
    </tg-region>
  `,
})
export class AuditEvent {
  readonly id = input.required<string>();
  protected readonly event = apiResource(getAuditEvent, () => ({ params: { id: this.id() } }));
}
