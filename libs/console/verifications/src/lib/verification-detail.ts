import { Component, computed, inject, input } from '@angular/core';
import { getVerification, revealVerificationDestination } from '@tollgate/contracts';
import { Api, Permissions, apiResource } from '@tollgate/console/platform';
import { CreditsPipe, Id, JsonView, Loaded, Masked, Region, StatusChip, Time, Timeline } from '@tollgate/console/ui';
import { timelineEvents } from './timeline-events';

/** One verification with its whole story. The code is not in it: nobody can read one. */
@Component({
  selector: 'tg-verification-detail',
  imports: [CreditsPipe, Id, JsonView, Loaded, Masked, Region, StatusChip, Time, Timeline],
  template: `
    <tg-region what="the verification">
      <ng-template [tgLoaded]="verification" let-shown>
        <div class="tg-stack">
          <p class="tg-row"><tg-status [value]="shown.status" /> <tg-id [value]="shown.id" /></p>
          <dl class="tg-facts">
            <div>
              <dt>To</dt>
              <dd>
                @if (shown.to) {
                  <tg-masked [value]="shown.to" [reveal]="reveal()" />
                } @else {
                  Authenticator
                }
              </dd>
            </div>
            <div>
              <dt>Purpose</dt>
              <dd>{{ shown.purpose }}</dd>
            </div>
            <div>
              <dt>Started</dt>
              <dd><tg-time [value]="shown.created_at" /></dd>
            </div>
            <div>
              <dt>Expires</dt>
              <dd><tg-time [value]="shown.expires_at" /></dd>
            </div>
            <div>
              <dt>Checks left</dt>
              <dd>{{ shown.checks_remaining }}</dd>
            </div>
            <div>
              <dt>Credits</dt>
              <dd>{{ shown.credits.charged | credits }} charged, {{ shown.credits.held | credits }} held</dd>
            </div>
            <div>
              <dt>Application</dt>
              <dd><tg-id [value]="shown.application_id" /></dd>
            </div>
          </dl>
          @if (hasMetadata()) {
            <h3>Metadata</h3>
            <tg-json [value]="shown.metadata" />
          }
          <h3>What happened</h3>
          <tg-timeline [events]="events()" />
        </div>
      </ng-template>
    </tg-region>
  `,
})
export class VerificationDetail {
  readonly id = input.required<string>();
  private readonly api = inject(Api);
  private readonly permissions = inject(Permissions);

  protected readonly verification = apiResource(getVerification, () => ({ params: { id: this.id() } }));
  protected readonly events = computed(() => timelineEvents(this.verification.value()?.timeline ?? []));
  protected readonly hasMetadata = computed(() => Object.keys(this.verification.value()?.metadata ?? {}).length > 0);
  protected readonly reveal = computed(() =>
    this.permissions.can('destinations:reveal')
      ? async () => {
          const { to } = await this.api.call(revealVerificationDestination, { params: { id: this.id() } });
          return to ?? 'Removed by retention';
        }
      : null,
  );
}
