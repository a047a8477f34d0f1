import type { OutboundHttp } from '@tollgate/api/outbound';
import type twilio from 'twilio';
import type { DeliveryProvider, DeliveryRequest, RequestPreview, SendResult } from '../domain/delivery-provider';
import { classify, classifyStatus, refusal } from '../domain/error-classes';
import { resultOfBrokenCall } from './broken-call';
import { MASK, MAX_ANSWER_BYTES, type AdapterTimes } from './adapter';

export interface TwilioSetup {
  readonly accountSid: string;
  readonly authToken: string;
  /** Signs in with an API key instead of the auth token. */
  readonly apiKey: { readonly sid: string; readonly secret: string } | null;
  /** Instead of `https://api.twilio.com`. */
  readonly baseUrl: string | null;
}

const VENDOR = 'https://api.twilio.com';
type TwilioClient = ReturnType<typeof twilio>;
type Fields = Parameters<TwilioClient['messages']['create']>[0];

/**
 * Twilio Programmable Messaging through the vendor's client. That client opens its own sockets, honours `HTTP_PROXY` and has
 * only an idle time-out: so it gets our agents, and every call a deadline for all of it.
 */
export class TwilioProvider implements DeliveryProvider {
  private client: Promise<TwilioClient> | null = null;

  constructor(
    private readonly setup: TwilioSetup,
    private readonly outbound: OutboundHttp,
    private readonly times: AdapterTimes,
  ) {}

  async send(request: DeliveryRequest): Promise<SendResult> {
    try {
      this.client ??= this.connect();
      const client = await this.client;
      const message = await client.messages.create(fieldsOf(request));
      // A 2xx without a message id is a lie: perhaps it was sent, perhaps a proxy answered.
      if (typeof message.sid !== 'string' || !/^(SM|MM)/.test(message.sid))
        return { kind: 'unknown', code: 'unexpected_answer' };
      if (message.status === 'failed' || message.status === 'undelivered') {
        const code = String(message.errorCode);
        return refusal(classify('twilio_dlr', code) ?? { class: 'failover' }, code);
      }
      const segments = Number(message.numSegments);
      return {
        kind: 'accepted',
        providerMessageId: message.sid,
        segments: Number.isInteger(segments) && segments > 0 ? segments : null,
      };
    } catch (error) {
      return resultOfError(error);
    }
  }

  preview(request: DeliveryRequest): RequestPreview {
    const user = this.setup.apiKey?.sid ?? this.setup.accountSid;
    const fields = Object.entries(fieldsOf(request)).map(([key, value]): [string, string] => [
      key.charAt(0).toUpperCase() + key.slice(1),
      String(value),
    ]);
    return {
      method: 'POST',
      url: `${this.setup.baseUrl ?? VENDOR}/2010-04-01/Accounts/${this.setup.accountSid}/Messages.json`,
      headers: { authorization: `Basic ${user}:${MASK}`, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    };
  }

  private async connect(): Promise<TwilioClient> {
    // Loaded when first needed: the client is large, and most installations use one vendor.
    const { default: makeTwilio } = await import('twilio');
    const httpClient = new makeTwilio.RequestClient({ timeout: this.times.timeoutMs, autoRetry: false });
    const { defaults, interceptors } = httpClient.axios;
    defaults.httpAgent = this.outbound.agentFor('http:');
    defaults.httpsAgent = this.outbound.agentFor('https:');
    interceptors.request.use((config) => {
      config.proxy = false;
      config.maxRedirects = 0;
      config.maxContentLength = MAX_ANSWER_BYTES;
      config.signal = AbortSignal.timeout(this.times.timeoutMs);
      if (this.setup.baseUrl !== null) config.url = (config.url ?? '').replace(VENDOR, this.setup.baseUrl);
      return config;
    });
    const { accountSid, apiKey, authToken } = this.setup;
    // Region and edge are given, else the client reads them from the environment and changes the host.
    return makeTwilio(apiKey?.sid ?? accountSid, apiKey?.secret ?? authToken, {
      accountSid,
      httpClient,
      region: '',
      edge: '',
      logLevel: 'none',
    });
  }
}

function fieldsOf(request: DeliveryRequest): Fields {
  const { sender, ttlSeconds } = request;
  return {
    to: request.to,
    ...(sender.messagingServiceSid === null
      ? { from: sender.from ?? '' }
      : { messagingServiceSid: sender.messagingServiceSid }),
    body: request.message.text,
    // A code that is dead when its turn comes is not sent at all (error 30036).
    ...(ttlSeconds === null ? {} : { validityPeriod: Math.min(36_000, Math.max(1, Math.floor(ttlSeconds))) }),
    contentRetention: 'discard',
    addressRetention: 'obfuscate',
    riskCheck: 'enable',
    ...(request.code === null ? {} : { messageIntent: 'otp' }),
    ...(request.callbackUrl === null ? {} : { statusCallback: request.callbackUrl }),
  };
}

function resultOfError(error: unknown): SendResult {
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (typeof status !== 'number') return resultOfBrokenCall(error);
  if (typeof code === 'number') {
    const meaning = classify('twilio_api', code) ?? classify('twilio_verify', code) ?? classifyStatus(status);
    return refusal(meaning, String(code));
  }
  // An HTML page of some proxy where a JSON error belongs.
  return refusal(classifyStatus(status), `http_${String(status)}`);
}
