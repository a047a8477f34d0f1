import { Component, computed, inject, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { getRequest } from '@tollgate/contracts';
import { ActiveScope, apiResource } from '@tollgate/console/platform';
import { Id, Loaded, Region, StatusChip, Time } from '@tollgate/console/ui';

/** One request with its evidence: the three addresses, who called, how long it took. */
@Component({
  selector: 'tg-request-detail',
  imports: [Id, Loaded, Region, RouterLink, StatusChip, Time],
  template: `
    <tg-region what="the request">
      <ng-template [tgLoaded]="request" let-shown>
        <p class="tg-row line">
          <tg-status [value]="'' + shown.status" />
          <code>{{ shown.method }} {{ shown.endpoint }}</code>
        </p>
        <dl class="tg-facts">
          <div>
            <dt>When</dt>
            <dd><tg-time [value]="shown.at" /></dd>
          </div>
          <div>
            <dt>Request id</dt>
            <dd><tg-id [value]="shown.request_id" /></dd>
          </div>
          <div>
            <dt>Event</dt>
            <dd>
              <code>{{ shown.event }}</code>
            </dd>
          </div>
          @if (shown.error_code) {
            <div>
              <dt>Error</dt>
              <dd>
                <code>{{ shown.error_code }}</code>
                @if (refused()) {
                  ·
                  <a [routerLink]="scope.root() + '/refusals'" [queryParams]="{ open: shown.request_id }"
                    >Why was this refused?</a
                  >
                }
              </dd>
            </div>
          }
          <div>
            <dt>Took</dt>
            <dd>{{ shown.duration_ms }} ms</dd>
          </div>
          <div>
            <dt>Called by</dt>
            <dd>{{ shown.user ?? 'Nobody known' }}</dd>
          </div>
          @if (shown.principal_id; as principal) {
            <div>
              <dt>Credential</dt>
              <dd><tg-id [value]="principal" /></dd>
            </div>
          }
          @if (shown.application_id; as application) {
            <div>
              <dt>Application</dt>
              <dd><tg-id [value]="application" /></dd>
            </div>
          }
          <div>
            <dt>Effective address</dt>
            <dd>
              <code>{{ shown.ip_address }}</code>
            </dd>
          </div>
          <div>
            <dt>Forwarded for</dt>
            <dd>
              <code>{{ shown.forwarded_for ?? 'none' }}</code>
            </dd>
          </div>
          <div>
            <dt>Remote address</dt>
            <dd>
              <code>{{ shown.remote_address }}</code>
            </dd>
          </div>
          <div>
            <dt>User agent</dt>
            <dd>{{ shown.user_agent ?? 'none' }}</dd>
          </div>
          @if (shown.idempotency_replayed) {
            <div>
              <dt>Replayed</dt>
              <dd>The answer of an earlier call with the same Idempotency-Key</dd>
            </div>
          }
        </dl>
      </ng-template>
    </tg-region>
  `,
  styles: `
    .line {
      margin-block-end: var(--tg-space-4);
    }
  `,
})
export class RequestDetail {
  readonly id = input.required<string>();
  protected readonly scope = inject(ActiveScope);
  protected readonly request = apiResource(getRequest, () => ({ params: { id: this.id() } }));
  protected readonly refused = computed(() => [403, 429].includes(this.request.value()?.status ?? 0));
}
