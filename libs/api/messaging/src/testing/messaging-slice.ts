import { anApplication } from '@tollgate/api/applications/testing';
import { UnitOfWork, type Engine } from '@tollgate/api/database';
import { HttpModule } from '@tollgate/api/http';
import {
  MessageOwners,
  MessageQueue,
  MessagingModule,
  type MessageOwner,
  type NewMessage,
  type SendEvent,
} from '../index';
import { bootSlice, type Slice, type SliceOptions } from '@tollgate/api/testing';
import { CreateProvider, type NewProvider } from '../lib/provider-acts/create-provider';
import { EMBEDDED_OUTBOX_ID } from '../lib/domain/embedded-outbox';
import { ProviderDirectory } from '../lib/provider-directory';
import { TemplateDirectory } from '../lib/template-directory';
import { deliverMessages } from './deliver-messages';
import type { FakeHttpProvider } from './fake-http-provider';
import type { FakeSendGrid } from './fake-sendgrid';
import type { FakeSmtp } from './fake-smtp';
import type { FakeTwilio } from './fake-twilio';

/** An owner that gives out one code and writes down what it hears. */
export class RecordingOwner implements MessageOwner {
  readonly events: SendEvent[] = [];
  /** The messages whose destination asked for silence by a report that was no step. */
  readonly optedOut: string[] = [];
  code: string | null = '482913';
  /** Thrown once, from the next `onSends`. */
  failure: Error | null = null;
  /** Cannot be asked just now. */
  away = false;

  secret(): Promise<{ code: string } | null> {
    if (this.away) return Promise.reject(new Error('the owner is away'));
    return Promise.resolve(this.code === null ? null : { code: this.code });
  }

  onSends(events: readonly SendEvent[]): Promise<void> {
    const failure = this.failure;
    this.failure = null;
    if (failure !== null) return Promise.reject(failure);
    this.events.push(...events);
    return Promise.resolve();
  }

  onOptOut({ messageId }: { readonly messageId: string }): Promise<void> {
    this.optedOut.push(messageId);
    return Promise.resolve();
  }

  /** The states it heard of, in order. */
  get states(): string[] {
    return this.events.map(({ state }) => state);
  }
}

export interface MessagingSlice extends Slice {
  readonly owner: RecordingOwner;
  /** Whose messages `queue` makes. */
  readonly organizationId: string;
  readonly applicationId: string;
  /** Queues a live SMS of a fresh source unless told otherwise. */
  queue(change?: Partial<NewMessage>): Promise<string>;
  deliver(): Promise<void>;
  provider(wanted: NewProvider): Promise<string>;
  /** As it was at first: only the outbox, no message due, nothing heard. Making a database for each test takes seconds. */
  fresh(): Promise<void>;
}

let made = 0;

/** The slice with a source type `spec` that is owned by a recording owner. */
export async function messagingSlice(engine: Engine, options: Partial<SliceOptions> = {}): Promise<MessagingSlice> {
  const slice = await bootSlice({
    engine,
    modules: [HttpModule, MessagingModule],
    ...options,
    environment: {
      TOLLGATE_OUTBOUND_ALLOW: '127.0.0.1',
      TOLLGATE_PUBLIC_URL: 'https://id.example',
      ...options.environment,
    },
  });
  const owner = new RecordingOwner();
  slice.get(MessageOwners).register('spec', owner);
  const application = await anApplication(slice, { name: 'Acme' });
  return Object.assign(slice, {
    owner,
    organizationId: application.organizationId,
    applicationId: application.id,
    queue: async (change: Partial<NewMessage> = {}) => {
      made += 1;
      const { id } = await slice.get(MessageQueue).enqueue({
        organizationId: application.organizationId,
        applicationId: application.id,
        test: false,
        channel: 'sms',
        to: `+2782${String(1_000_000 + made)}`,
        country: 'ZA',
        locale: 'en',
        template: 'verification',
        variables: {},
        source: { type: 'spec', id: `vrf_${String(made).padStart(26, '0')}` },
        expiresAt: slice.clock.now() + 600_000,
        ...change,
      });
      return id;
    },
    deliver: () => deliverMessages(slice),
    fresh: async () => {
      for (const table of [
        'message',
        'message_attempt',
        'message_report',
        'provider_outage',
        'message_template',
        'message_template_version',
        'job',
      ]) {
        await slice.database.execute(`DELETE FROM ${table}`);
      }
      await slice.get(UnitOfWork).run(async () => {
        await slice.database.execute('DELETE FROM delivery_provider WHERE id <> ?', [EMBEDDED_OUTBOX_ID]);
        await slice.database.execute('DELETE FROM provider_credential');
        await slice.database.execute('UPDATE delivery_provider SET enabled = 1');
        await slice.get(ProviderDirectory).changed();
        await slice.get(TemplateDirectory).changed();
      });
      Object.assign(owner, new RecordingOwner());
    },
    provider: async (wanted: NewProvider) => (await slice.get(CreateProvider).execute(wanted)).row.id,
  });
}

/** Settings that point a provider at its fake. */
export const pointedAt = {
  twilio: (fake: FakeTwilio, change: Partial<NewProvider> = {}): NewProvider => ({
    kind: 'twilio',
    name: 'Twilio',
    enabled: true,
    settings: { account_sid: fake.accountSid, senders: [{ from: '+15005550006' }], base_url: fake.url },
    credentials: { auth_token: fake.authToken },
    ...change,
  }),
  sendgrid: (fake: FakeSendGrid, change: Partial<NewProvider> = {}): NewProvider => ({
    kind: 'sendgrid',
    name: 'SendGrid',
    enabled: true,
    settings: { from_email: 'no-reply@acme.example', base_url: fake.url, webhook_public_key: fake.webhookPublicKey },
    credentials: { api_key: fake.apiKey },
    ...change,
  }),
  smtp: (fake: FakeSmtp, change: Partial<NewProvider> = {}): NewProvider => ({
    kind: 'smtp',
    name: 'SMTP',
    enabled: true,
    settings: {
      host: '127.0.0.1',
      port: fake.port,
      security: 'none',
      username: fake.user,
      from_email: 'no-reply@acme.example',
    },
    credentials: { password: fake.password },
    ...change,
  }),
  http: (fake: FakeHttpProvider, change: Partial<NewProvider> = {}): NewProvider => ({
    kind: 'http',
    name: 'Acme SMS',
    enabled: true,
    settings: {
      request: {
        method: 'POST',
        url: `${fake.url}/send`,
        headers: { 'X-Api-Key': '{{secret.token|header}}', 'Content-Type': 'application/json' },
        body: '{"to":{{to.e164|json}},"text":{{message|json}},"otp":{{code|json}}}',
        timeout_ms: 1_000,
      },
      success: { json: [{ path: '$.status', in: ['queued'] }] },
      message_id: '$.data.id',
      dlr: {
        auth: { type: 'token' },
        id: '$.id',
        status: '$.st',
        map: { DELIVRD: 'delivered', UNDELIV: 'undelivered' },
      },
    },
    credentials: { token: 's3cret-of-acme-sms', dlr_secret: 'dlr-secret-of-acme' },
    ...change,
  }),
};
