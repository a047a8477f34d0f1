import { Inject, Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { Clock } from '@tollgate/api/kernel';
import { twilioSignatureHolds } from '../domain/callback-signatures';
import { classify, refusal } from '../domain/error-classes';
import type { SendState } from '../message-queue';
import { headerOf, textOf, type Callback } from './callback';
import { CallbackProvider } from './callback-provider';
import { CallbackRefusals } from './callback-refusals';
import { TakeReport } from './take-report';

const STATES: Readonly<Record<string, SendState>> = {
  accepted: 'accepted',
  scheduled: 'accepted',
  queued: 'accepted',
  sending: 'accepted',
  sent: 'sent',
  delivered: 'delivered',
  read: 'delivered',
  undelivered: 'undelivered',
  failed: 'failed',
  canceled: 'failed',
};

/** Status callbacks of Twilio: a form, signed with the auth token. */
@Injectable()
export class ReceiveTwilioStatus {
  constructor(
    private readonly providers: CallbackProvider,
    private readonly reports: TakeReport,
    private readonly refusals: CallbackRefusals,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  /** Errors: not_found for an unknown address, signature_invalid. Messages that nobody knows are no error. */
  async execute(callback: Callback): Promise<void> {
    const provider = await this.providers.find('twilio', callback.token);
    const hashed = callback.query['bodySHA256'] !== undefined;
    const fields = hashed ? {} : callback.form();
    const url = `${this.config.publicUrl}${callback.url}`;
    const signature = headerOf(callback, 'x-twilio-signature');
    if (!twilioSignatureHolds(provider.callbacks.keys, { url, signature, fields, rawBody: callback.rawBody })) {
      throw await this.refusals.forged(provider);
    }
    const body: Readonly<Record<string, unknown>> = hashed
      ? ((callback.json() ?? {}) as Record<string, unknown>)
      : fields;
    const state = STATES[textOf(body['MessageStatus']) ?? ''];
    const sid = textOf(body['MessageSid']);
    if (state === undefined || sid === null) return;
    const code = textOf(body['ErrorCode'], 20);
    await this.reports.take(provider, {
      attemptId: callback.query['attempt'] ?? null,
      providerMessageId: sid,
      state,
      refusal:
        code === null
          ? null
          : refusal(classify('twilio_dlr', code) ?? classify('twilio_api', code) ?? { class: 'failover' }, code),
      eventId: [sid, state, code ?? ''].join('|'),
      at: this.clock.recordedAt(),
    });
  }
}
