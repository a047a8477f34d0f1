import { Component, input } from '@angular/core';
import { getRefusal } from '@tollgate/contracts';
import { apiResource } from '@tollgate/console/platform';
import { CountPipe, Id, Loaded, Region, StatusChip, Time } from '@tollgate/console/ui';
import { ruleName } from './rule-name';

/** The decision on one request, rule by rule. */
@Component({
  selector: 'tg-refusal-detail',
  imports: [CountPipe, Id, Loaded, Region, StatusChip, Time],
  template: `
    <tg-region what="the refusal">
      <ng-template [tgLoaded]="refusal" let-shown>
        <div class="tg-stack">
          <p class="tg-row">
            <tg-status [value]="shown.outcome" /> <code>{{ shown.code }}</code>
          </p>
          @for (reason of shown.reasons; track reason.rule) {
            <section class="tg-card">
              <h3>{{ nameOf(reason.rule) }}</h3>
              <p>{{ reason.explanation }}</p>
              <p class="tg-muted">Counted {{ reason.observed | count: 2 }}, allowed {{ reason.allowed | count: 2 }}</p>
            </section>
          }
          <dl class="tg-facts">
            <div>
              <dt>When</dt>
              <dd><tg-time [value]="shown.at" /></dd>
            </div>
            <div>
              <dt>To</dt>
              <dd>
                {{ shown.destination ?? 'an authenticator' }} by {{ shown.channel === 'sms' ? 'SMS' : shown.channel }}
              </dd>
            </div>
            <div>
              <dt>Client address</dt>
              <dd>
                <code>{{ shown.client_ip ?? 'not given' }}</code>
              </dd>
            </div>
            @if (shown.retry_after !== null) {
              <div>
                <dt>Try again after</dt>
                <dd>{{ shown.retry_after }} seconds</dd>
              </div>
            }
            <div>
              <dt>Request id</dt>
              <dd><tg-id [value]="shown.request_id" /></dd>
            </div>
            <div>
              <dt>Application</dt>
              <dd><tg-id [value]="shown.application_id" /></dd>
            </div>
          </dl>
        </div>
      </ng-template>
    </tg-region>
  `,
  styles: `
    h3 {
      font: var(--mat-sys-title-small);
    }
  `,
})
export class RefusalDetail {
  protected readonly nameOf = ruleName;
  readonly requestId = input.required<string>();
  protected readonly refusal = apiResource(getRefusal, () => ({ params: { request_id: this.requestId() } }));
}
