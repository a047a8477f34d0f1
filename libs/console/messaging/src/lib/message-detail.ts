import { Component, computed, inject, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';
import { getMessage, previewMessage, resendMessage, revealDestination } from '@tollgate/contracts';
import type { MessageDetailView } from '@tollgate/contracts';
import { Api, Permissions, Requires, apiResource } from '@tollgate/console/platform';
import {
  Banner,
  Id,
  InboxBubble,
  Loaded,
  Masked,
  PhoneFrame,
  Region,
  StatusChip,
  Timeline,
  Toasts,
  toProblem,
} from '@tollgate/console/ui';
import type { TimelineEvent } from '@tollgate/console/ui';
import { MailFrame } from './mail-frame';

const words = (text: string | null): string => (text ?? '').replaceAll('_', ' ');

function eventsOf(message: MessageDetailView): TimelineEvent[] {
  const attempts = message.timeline.attempts.map((attempt) => ({
    id: `attempt-${attempt.number}`,
    at: attempt.started_at,
    title: `Tried ${attempt.provider}`,
    icon: 'cell_tower' as const,
    tone: attempt.outcome === 'accepted' ? ('success' as const) : ('warning' as const),
    status: attempt.outcome,
    facts: [
      ...(attempt.latency_ms === null ? [] : [['Took', `${attempt.latency_ms} ms`] as const]),
      ...(attempt.error_class === null ? [] : [['Reason', words(attempt.error_class)] as const]),
      ...(attempt.error_code === null ? [] : [['Code', attempt.error_code] as const]),
    ],
  }));
  const callbacks = message.timeline.callbacks.map((callback, at) => ({
    id: `callback-${at}`,
    at: callback.at,
    title: `${callback.provider} reports`,
    icon: 'webhook' as const,
    status: callback.state,
    text: callback.applied ? '' : 'Late: the message was further already',
  }));
  return [...attempts, ...callbacks].sort((a, b) => String(a.at).localeCompare(String(b.at)));
}

/** One message: how its reader sees it, who tried to deliver it, and what became of it. */
@Component({
  selector: 'tg-message-detail',
  imports: [
    Banner,
    Id,
    InboxBubble,
    Loaded,
    MailFrame,
    Masked,
    MatButton,
    PhoneFrame,
    Region,
    Requires,
    StatusChip,
    Timeline,
  ],
  template: `
    <tg-region what="the message">
      <ng-template [tgLoaded]="message" let-shown>
        <div class="tg-stack">
          <p class="tg-row"><tg-status [value]="shown.status" /> <tg-id [value]="shown.id" /></p>
          @if (shown.channel === 'email') {
            <!-- Another mail in another frame: one that went on to it would take a step of the browser's history. -->
            @for (one of [shown.id]; track one) {
              <tg-mail-frame [messageId]="one" [subject]="shown.subject ?? 'Mail'" />
            }
            @if (shown.provider === 'outbox' && !shown.test && permissions.can('messages:write')) {
              <tg-banner tone="warning">
                A live code or link is shown as long as it works. Showing it was written to the audit log.
              </tg-banner>
            }
          } @else {
            <tg-region what="the preview">
              <ng-template [tgLoaded]="preview" let-seen>
                <div class="tg-stack">
                  <tg-phone>
                    <tg-bubble
                      [from]="shown.provider ?? 'Tollgate'"
                      [text]="seen.text"
                      [channel]="shown.channel"
                      [at]="shown.queued_at"
                    />
                  </tg-phone>
                  @if (seen.code_shown && !shown.test) {
                    <tg-banner tone="warning">You see a live code. Showing it was written to the audit log.</tg-banner>
                  }
                </div>
              </ng-template>
            </tg-region>
          }
          <dl class="tg-facts">
            <div>
              <dt>To</dt>
              <dd><tg-masked [value]="shown.to" [reveal]="reveal()" /></dd>
            </div>
            <div>
              <dt>Template</dt>
              <dd>{{ shown.template }}, {{ shown.locale }}</dd>
            </div>
            <div>
              <dt>Provider</dt>
              <dd>{{ shown.provider ?? 'none yet' }}</dd>
            </div>
            @if (shown.error_class) {
              <div>
                <dt>Failed because</dt>
                <dd>{{ shown.error_class.replaceAll('_', ' ') }} {{ shown.error_code }}</dd>
              </div>
            }
            @if (shown.note) {
              <div>
                <dt>Note</dt>
                <dd>{{ shown.note }}</dd>
              </div>
            }
            <div>
              <dt>Belongs to</dt>
              <dd>{{ shown.source.type }} <tg-id [value]="shown.source.id" /></dd>
            </div>
          </dl>
          @if (shown.resendable) {
            <div>
              <button
                matButton="outlined"
                type="button"
                tgRequires="messages:write"
                [disabled]="busy()"
                (click)="resend()"
              >
                Send again
              </button>
            </div>
          }
          <h3>What happened</h3>
          <tg-timeline [events]="events()" />
        </div>
      </ng-template>
    </tg-region>
  `,
})
export class MessageDetail {
  readonly id = input.required<string>();
  readonly changed = output<void>();
  private readonly api = inject(Api);
  private readonly toasts = inject(Toasts);
  protected readonly permissions = inject(Permissions);

  protected readonly message = apiResource(getMessage, () => ({ params: { id: this.id() } }));
  protected readonly preview = apiResource(previewMessage, () =>
    this.message.value()?.channel === 'sms' ? { params: { id: this.id() } } : undefined,
  );
  protected readonly busy = signal(false);
  protected readonly events = computed(() => {
    const found = this.message.value();
    return found === undefined ? [] : eventsOf(found);
  });
  protected readonly reveal = computed(() =>
    this.permissions.can('destinations:reveal')
      ? async () => (await this.api.call(revealDestination, { params: { id: this.id() }, body: {} })).to
      : null,
  );

  protected async resend(): Promise<void> {
    this.busy.set(true);
    try {
      await this.api.call(resendMessage, { params: { id: this.id() } });
      this.toasts.done('Queued again');
      this.message.reload();
      this.changed.emit();
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
    } finally {
      this.busy.set(false);
    }
  }
}
