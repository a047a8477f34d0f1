import type { OutboundHttp, OutboundRequest } from '@tollgate/api/outbound';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { DeliveryProvider, DeliveryRequest, RequestPreview, SendResult } from '../domain/delivery-provider';
import { judgeAnswer, type HttpRules } from '../domain/generic/http-provider-rules';
import { renderHttpTemplate } from '../domain/generic/http-template';
import { MASK, MAX_ANSWER_BYTES } from './adapter';
import { resultOfBrokenCall } from './broken-call';
import { Pace } from './pace';

export interface HttpSetup {
  readonly rules: HttpRules;
  readonly credentials: Readonly<Record<string, string>>;
  readonly rps: number | null;
  readonly concurrency: number | null;
}

/** Any HTTP API, described by data: section 4.4 of the wire formats. */
export class HttpProvider implements DeliveryProvider {
  private readonly pace: Pace;

  constructor(
    private readonly setup: HttpSetup,
    private readonly outbound: OutboundHttp,
  ) {
    this.pace = new Pace(setup.rps, setup.concurrency);
  }

  async send(request: DeliveryRequest): Promise<SendResult> {
    const call = this.render(request, this.setup.credentials);
    return this.pace.run(call.timeoutMs, async () => {
      try {
        const answer = await this.outbound.request(call);
        return judgeAnswer(this.setup.rules, { status: answer.status, body: answer.body.toString('utf8') });
      } catch (error) {
        return resultOfBrokenCall(error);
      }
    });
  }

  preview(request: DeliveryRequest): RequestPreview {
    const masked = Object.fromEntries(Object.keys(this.setup.credentials).map((name) => [name, MASK]));
    const { method, url, headers, body } = this.render(request, masked);
    return { method, url, headers, body: body?.toString() ?? '' };
  }

  private render(
    request: DeliveryRequest,
    credentials: Readonly<Record<string, string>>,
  ): OutboundRequest & { readonly headers: Record<string, string>; readonly timeoutMs: number } {
    const { rules } = this.setup;
    const values = valuesOf(request, credentials);
    return {
      method: rules.request.method,
      url: renderHttpTemplate(rules.request.url, values),
      headers: Object.fromEntries(
        rules.request.headers.map(([name, template]) => [name, renderHttpTemplate(template, values)]),
      ),
      ...(rules.request.body === null ? {} : { body: renderHttpTemplate(rules.request.body, values) }),
      timeoutMs: rules.request.timeoutMs,
      maxBytes: MAX_ANSWER_BYTES,
    };
  }
}

function valuesOf(request: DeliveryRequest, credentials: Readonly<Record<string, string>>): Record<string, string> {
  const number = request.channel === 'sms' ? parsePhoneNumberFromString(request.to) : undefined;
  const values: Record<string, string> = {
    'to.e164': request.to,
    'to.national': number?.nationalNumber ?? request.to,
    'to.cc': number?.countryCallingCode ?? '',
    'to.mailbox': request.to,
    code: request.code ?? '',
    message: request.message.text,
    subject: request.message.subject ?? '',
    locale: request.locale,
    app: request.variables['application'] ?? '',
    send_id: request.attemptId,
    ttl_s: request.ttlSeconds === null ? '' : String(Math.max(0, Math.floor(request.ttlSeconds))),
    callback_url: request.callbackUrl ?? '',
    'sender.from': request.sender.from ?? '',
    'template.dlt_id': request.sender.dltTemplateId ?? '',
    'template.entity_id': request.sender.dltEntityId ?? '',
  };
  for (const [name, value] of Object.entries(request.variables)) values[`variables.${name}`] = value;
  for (const [name, value] of Object.entries(credentials)) values[`secret.${name}`] = value;
  return values;
}
