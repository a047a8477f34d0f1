import type { OutboundHttp } from '@tollgate/api/outbound';
import type { DeliveryProvider, DeliveryRequest, RequestPreview, SendResult } from '../domain/delivery-provider';
import { classify, classifyStatus, refusal } from '../domain/error-classes';
import { countSegments } from '../domain/segments';
import { MASK, MAX_ANSWER_BYTES, type AdapterTimes } from './adapter';
import { resultOfBrokenCall } from './broken-call';

export interface Fast2SmsSetup {
  readonly apiKey: string;
  readonly route: 'otp' | 'dlt' | 'dlt_manual' | 'q';
  readonly baseUrl: string | null;
}

const VENDOR = 'https://www.fast2sms.com';

/** Fast2SMS' bulkV2: Indian numbers only. The key goes into a header, never into the address, where logs would keep it. */
export class Fast2SmsProvider implements DeliveryProvider {
  constructor(
    private readonly setup: Fast2SmsSetup,
    private readonly outbound: OutboundHttp,
    private readonly times: AdapterTimes,
  ) {}

  async send(request: DeliveryRequest): Promise<SendResult> {
    const body = this.bodyOf(request);
    if ('refused' in body) return body.refused;
    try {
      const answer = await this.outbound.request({
        method: 'POST',
        url: this.url(),
        headers: { authorization: this.setup.apiKey, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body.fields),
        timeoutMs: this.times.timeoutMs,
        maxBytes: MAX_ANSWER_BYTES,
      });
      return this.judge(answer.status, answer.body.toString('utf8'), request);
    } catch (error) {
      return resultOfBrokenCall(error);
    }
  }

  preview(request: DeliveryRequest): RequestPreview {
    const body = this.bodyOf(request, true);
    return {
      method: 'POST',
      url: this.url(),
      headers: { authorization: MASK, 'content-type': 'application/json' },
      body: 'refused' in body ? `not sent: ${body.refused.code}` : JSON.stringify(body.fields, null, 2),
    };
  }

  private url(): string {
    return `${(this.setup.baseUrl ?? VENDOR).replace(/\/$/, '')}/dev/bulkV2`;
  }

  private bodyOf(
    request: DeliveryRequest,
    masked = false,
  ):
    | { readonly fields: Readonly<Record<string, string>> }
    | { readonly refused: SendResult & { readonly kind: 'refused' } } {
    const numbers = /^\+91([6-9]\d{9})$/.exec(request.to)?.[1];
    if (numbers === undefined)
      return { refused: { ...refusal({ class: 'failover' }, 'not_an_indian_mobile'), blameless: true } };
    const { route } = this.setup;
    const { sender, message, code } = request;
    const config = (what: string) => ({ refused: refusal({ class: 'permanent_config', alarm: true }, what) });
    if (route === 'otp') {
      if (code === null || (!masked && !/^\d{1,10}$/.test(code))) return config('code_not_numeric');
      return { fields: { route, variables_values: code, numbers, flash: '0' } };
    }
    if (route === 'q') {
      const language = countSegments(message.text).encoding === 'gsm7' ? 'english' : 'unicode';
      return { fields: { route, message: message.text, language, numbers, flash: '0' } };
    }
    if (sender.from === null || sender.dltTemplateId === null) return config('dlt_ids_missing');
    if (route === 'dlt') {
      // Their panel fills {#var#} in the order of our variables: code, then brand.
      const values = [code, request.variables['application']].filter(
        (value) => value !== null && value !== undefined && value !== '',
      );
      const joined = values.map((value) => String(value).replace(/\|/g, ' ')).join('|');
      return {
        fields: {
          route,
          sender_id: sender.from,
          message: sender.dltTemplateId,
          variables_values: joined,
          numbers,
          flash: '0',
        },
      };
    }
    if (sender.dltEntityId === null) return config('dlt_ids_missing');
    return {
      fields: {
        route,
        sender_id: sender.from,
        message: message.text,
        template_id: sender.dltTemplateId,
        entity_id: sender.dltEntityId,
        numbers,
        flash: '0',
        sms_details: '1',
      },
    };
  }

  private judge(status: number, body: string, request: DeliveryRequest): SendResult {
    const json = parse(body);
    if (json?.['return'] === true) {
      const id = json['request_id'];
      return {
        kind: 'accepted',
        providerMessageId: typeof id === 'string' ? id.slice(0, 120) : null,
        segments: request.message.segments,
      };
    }
    const code = json?.['status_code'];
    if (typeof code === 'number' || typeof code === 'string') {
      const meaning = classify('fast2sms', code) ?? classifyStatus(status >= 400 ? status : 500);
      return refusal(meaning, String(code).slice(0, 20));
    }
    if (status >= 200 && status < 300) return { kind: 'unknown', code: 'unexpected_answer' };
    return refusal(classifyStatus(status), `http_${String(status)}`);
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
