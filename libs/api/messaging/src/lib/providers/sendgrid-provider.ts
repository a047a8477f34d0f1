import type { OutboundHttp } from '@tollgate/api/outbound';
import type { MailService } from '@sendgrid/mail';
import type {
  DeliveryProvider,
  DeliveryRequest,
  RenderedMessage,
  RequestPreview,
  SendResult,
} from '../domain/delivery-provider';
import { classifySendGrid, refusal } from '../domain/error-classes';
import { originHost } from '../domain/origin-bound';
import { MASK, MAX_ANSWER_BYTES, type AdapterTimes } from './adapter';
import { resultOfBrokenCall } from './broken-call';

export interface SendGridSetup {
  readonly apiKey: string;
  readonly fromEmail: string;
  readonly fromName: string | null;
  readonly region: 'global' | 'eu';
  readonly baseUrl: string | null;
}

type Mail = Exclude<Parameters<MailService['send']>[0], readonly unknown[]>;
interface MailContent {
  type: string;
  value: string;
}
interface WireClient {
  setApiKey(key: string): void;
  setDataResidency(region: string): void;
  setDefaultRequest(settings: Record<string, unknown>): void;
  createRequest(data: object): { headers: Record<string, string> } & Record<string, unknown>;
}

const HOSTS = { global: 'https://api.sendgrid.com', eu: 'https://api.eu.sendgrid.com' } as const;
const WIRE_HEADERS = new Set(['accept', 'content-type', 'user-agent', 'authorization']);

/** SendGrid's Mail Send v3 through the vendor's client: a `MailService` of its own, because the module's is shared. */
export class SendGridProvider implements DeliveryProvider {
  private service: Promise<MailService> | null = null;

  constructor(
    private readonly setup: SendGridSetup,
    private readonly outbound: OutboundHttp,
    private readonly times: AdapterTimes,
  ) {}

  async send(request: DeliveryRequest): Promise<SendResult> {
    try {
      this.service ??= this.connect();
      const [answer] = await (await this.service).send(this.mailOf(request));
      if (answer.statusCode !== 202) return { kind: 'unknown', code: `http_${String(answer.statusCode)}` };
      const headers = answer.headers as Readonly<Record<string, unknown>>;
      const id = headers['x-message-id'];
      return {
        kind: 'accepted',
        providerMessageId: typeof id === 'string' ? (id.split('.')[0] ?? null) : null,
        segments: null,
      };
    } catch (error) {
      return resultOfError(error);
    }
  }

  preview(request: DeliveryRequest): RequestPreview {
    return {
      method: 'POST',
      url: `${this.setup.baseUrl ?? HOSTS[this.setup.region]}/v3/mail/send`,
      headers: { authorization: `Bearer ${MASK}`, 'content-type': 'application/json' },
      body: JSON.stringify(this.mailOf(request), null, 2),
    };
  }

  private async connect(): Promise<MailService> {
    const { default: sendgrid } = await import('@sendgrid/mail');
    // The class hangs on the module's own instance; its types say otherwise.
    const { MailService: Service } = sendgrid as unknown as {
      MailService: new () => MailService & { client: WireClient };
    };
    const service = new Service();
    const wire = service.client;
    // In this order: `setApiKey` silently resets the base URL.
    wire.setApiKey(this.setup.apiKey);
    wire.setDataResidency(this.setup.region);
    wire.setDefaultRequest({
      ...(this.setup.baseUrl === null ? {} : { baseUrl: `${this.setup.baseUrl.replace(/\/$/, '')}/` }),
      httpAgent: this.outbound.agentFor('http:'),
      httpsAgent: this.outbound.agentFor('https:'),
      proxy: false,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      timeout: this.times.timeoutMs,
    });
    const build = wire.createRequest.bind(wire);
    wire.createRequest = (data) => {
      const request = build(data);
      // The client repeats the mail's own headers as headers of the call, where proxies would log the code.
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => WIRE_HEADERS.has(name.toLowerCase())),
      );
      return { ...request, headers, signal: AbortSignal.timeout(this.times.timeoutMs) };
    };
    return service;
  }

  private mailOf(request: DeliveryRequest): Mail {
    const { fromEmail, fromName } = this.setup;
    const origin = request.webDomain === null ? null : originHost(request.webDomain);
    return {
      to: { email: request.to },
      from: fromName === null ? { email: fromEmail } : { email: fromEmail, name: fromName },
      subject: request.message.subject ?? '',
      content: contentOf(request.message),
      categories: [request.code === null ? 'notice' : 'otp'],
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(request.code !== null && origin !== null
          ? { 'OTP-Token': `"${request.code}"; origin="https://${origin}"` }
          : {}),
      },
      // A code is neither counted nor rewritten: tracked links and pixels make mails look like advertisements.
      trackingSettings: { clickTracking: { enable: false }, openTracking: { enable: false } },
      customArgs: { message_id: request.messageId, send_id: request.attemptId },
    };
  }
}

function contentOf({ text, html }: RenderedMessage): [MailContent, ...MailContent[]] {
  return [{ type: 'text/plain', value: text }, ...(html === null ? [] : [{ type: 'text/html', value: html }])];
}

function resultOfError(error: unknown): SendResult {
  const { code, response } = error as { code?: unknown; response?: { body?: unknown } };
  if (typeof code !== 'number') return resultOfBrokenCall(error);
  const errors = (response?.body as { errors?: unknown } | undefined)?.errors;
  const fields = (Array.isArray(errors) ? errors : []).map((each) =>
    String((each as { field?: unknown } | null)?.field ?? ''),
  );
  const meaning = classifySendGrid(code, fields);
  const field = fields.find((each) => each !== '');
  const wait = meaning.class === 'retry_same' ? retryAfter(error) : null;
  return {
    ...refusal(meaning, field === undefined ? `http_${String(code)}` : `http_${String(code)}_${field}`.slice(0, 60)),
    ...(wait === null ? {} : { retryAfterMs: wait }),
  };
}

/** `X-RateLimit-Reset`: epoch seconds. */
function retryAfter(error: unknown): number | null {
  const headers = (error as { response?: { headers?: Record<string, unknown> } }).response?.headers;
  const reset = Number(headers?.['x-ratelimit-reset']);
  return Number.isFinite(reset) ? Math.min(60_000, Math.max(1_000, reset * 1_000 - Date.now())) : null;
}
