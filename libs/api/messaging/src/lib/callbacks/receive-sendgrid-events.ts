import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { sendgridSignatureHolds } from '../domain/callback-signatures';
import type { Refusal } from '../domain/delivery-provider';
import { classify, refusal } from '../domain/error-classes';
import type { SendState } from '../message-queue';
import { headerOf, textOf, type Callback } from './callback';
import { CallbackProvider, type CallingProvider } from './callback-provider';
import { CallbackRefusals } from './callback-refusals';
import { TakeReport } from './take-report';

/** Events that move a message. `deferred` means wait; opens and clicks are not asked for. */
const STATES: Readonly<Record<string, SendState>> = {
  processed: 'accepted',
  delivered: 'delivered',
  bounce: 'undelivered',
  dropped: 'undelivered',
  spamreport: 'undelivered',
};
/** SendGrid posts up to 1,000 at a time; more is nobody's batch. */
const MAX_EVENTS = 2_000;

type Event = Readonly<Record<string, unknown>>;

/** The event webhook of SendGrid: a JSON array, signed with ECDSA over timestamp and raw body. */
@Injectable()
export class ReceiveSendGridEvents {
  constructor(
    private readonly providers: CallbackProvider,
    private readonly reports: TakeReport,
    private readonly refusals: CallbackRefusals,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found for an unknown address, signature_invalid, malformed_json. */
  async execute(callback: Callback): Promise<void> {
    const provider = await this.providers.find('sendgrid', callback.token);
    const proof = {
      signature: headerOf(callback, 'x-twilio-email-event-webhook-signature'),
      timestamp: headerOf(callback, 'x-twilio-email-event-webhook-timestamp'),
      rawBody: callback.rawBody,
      now: this.clock.recordedAt(),
    };
    if (!provider.callbacks.keys.some((key) => sendgridSignatureHolds(key, proof))) {
      throw await this.refusals.forged(provider);
    }
    const events = callback.json();
    if (!Array.isArray(events) || events.length > MAX_EVENTS) throw new DomainError('malformed_request');
    for (const event of events as unknown[]) {
      if (typeof event === 'object' && event !== null) await this.take(provider, event as Event);
    }
  }

  private async take(provider: CallingProvider, event: Event): Promise<void> {
    const name = textOf(event['event'], 40) ?? '';
    const state = STATES[name];
    if (state === undefined) return;
    const messageId = textOf(event['sg_message_id'], 300)?.split('.')[0] ?? null;
    const attemptId = textOf(event['send_id'], 40);
    if (messageId === null && attemptId === null) return;
    const fault = faultOf(name, event);
    await this.reports.take(provider, {
      attemptId,
      providerMessageId: messageId,
      state,
      refusal: fault,
      eventId: textOf(event['sg_event_id'], 200) ?? [messageId, name, textOf(event['timestamp'])].join('|'),
      at: this.clock.recordedAt(),
    });
  }
}

function faultOf(name: string, event: Event): Refusal | null {
  if (name !== 'bounce' && name !== 'dropped' && name !== 'spamreport') return null;
  const blocked = name === 'bounce' && event['type'] === 'blocked';
  const meaning = classify('sendgrid_event', blocked ? 'blocked' : name) ?? { class: 'permanent_destination' };
  const status = textOf(event['status'], 12);
  return refusal(meaning, [blocked ? 'blocked' : name, status ?? ''].join(' ').trim());
}
