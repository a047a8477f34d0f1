import { Component } from '@angular/core';
import {
  Banner,
  CreditsPipe,
  Id,
  Masked,
  MoneyPipe,
  Problem,
  STATUS_LOOKS,
  SharePipe,
  StatusChip,
  Time,
  EmptyState,
  Failed,
  Skeleton,
} from '@tollgate/console/ui';

@Component({
  selector: 'tg-gallery-display',
  imports: [Banner, CreditsPipe, EmptyState, Failed, Id, Masked, MoneyPipe, SharePipe, Skeleton, StatusChip, Time],
  template: `
    <div class="tg-card tg-row">
      @for (status of statuses; track status) {
        <tg-status [value]="status" />
      }
    </div>
    <dl class="tg-card pairs">
      <dt>Credits</dt>
      <dd>
        {{ 1284500 | credits }} · {{ 5000 | credits: 'signed' }} · {{ -1500 | credits: 'signed' }} ·
        {{ null | credits }}
      </dd>
      <dt>Money</dt>
      <dd>{{ 199900 | money: 'ZAR' }}</dd>
      <dt>Share</dt>
      <dd>{{ 0.9137 | share }} · {{ null | share }}</dd>
      <dt>Time</dt>
      <dd>
        <tg-time [value]="now" /> · <tg-time [value]="now - 4000000" mode="relative" /> · <tg-time [value]="null" />
      </dd>
      <dt>Id</dt>
      <dd><tg-id value="vrf_01KAMCX4E8S0N6R2V5T9W3Y7ZB" /></dd>
      <dt>Masked</dt>
      <dd><tg-masked value="+2782***4567" [reveal]="reveal" /></dd>
    </dl>
    @for (tone of tones; track tone) {
      <tg-banner [tone]="tone">A banner of the {{ tone }} kind, with a sentence that says what to do.</tg-banner>
    }
    <div class="tg-grid">
      <div class="tg-card">
        <tg-empty-state
          title="No applications yet"
          text="An application is what calls the API. Register one to get its first key."
        />
      </div>
      <div class="tg-card"><tg-failed what="the balance" [problem]="broken" /></div>
      <div class="tg-card"><tg-failed what="the audit log" [problem]="forbidden" /></div>
      <div class="tg-card"><tg-failed [problem]="offline" /></div>
      <div class="tg-card"><tg-skeleton /></div>
    </div>
  `,
  styles: `
    :host {
      display: grid;
      gap: var(--tg-space-3);
    }
    .pairs {
      display: grid;
      grid-template-columns: 8rem 1fr;
      gap: var(--tg-space-2);
      align-items: center;
    }
    dt {
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class GalleryDisplay {
  protected readonly statuses = Object.keys(STATUS_LOOKS).slice(0, 30);
  protected readonly tones = ['info', 'success', 'warning', 'danger', 'neutral'] as const;
  protected readonly now = Date.now();
  protected readonly broken = new Problem({
    status: 500,
    code: 'internal_error',
    title: 'Something went wrong on our side',
    requestId: 'req_01KAMCX4E8S0N6R2V5T9W3Y7ZB',
  });
  protected readonly forbidden = new Problem({
    status: 403,
    code: 'permission_denied',
    title: 'Your role or key does not include this permission',
  });
  protected readonly offline = new Problem({ status: 0, code: 'network_error', title: 'The server cannot be reached' });
  protected readonly reveal = () => Promise.resolve('+27821234567');
}
