import type { DeliveryProvider, DeliveryRequest, RequestPreview, SendResult } from '../domain/delivery-provider';
import { refusal } from '../domain/error-classes';
import { carrierById } from './carriers';

export interface CarrierEmailSetup {
  readonly defaultCarrier: string | null;
  /** The e-mail provider that carries the mail; null when it is gone or switched off. */
  readonly via: () => DeliveryProvider | null;
}

const MAX_TEXT = 140;

/**
 * SMS by mail to `number@gateway` of a US carrier. Deprecated: no confirmation, no authentication, and the carrier must be
 * known. Kept for installations that come from it; refuses carriers that have shut their gateway.
 */
export class CarrierEmailProvider implements DeliveryProvider {
  constructor(private readonly setup: CarrierEmailSetup) {}

  async send(request: DeliveryRequest): Promise<SendResult> {
    const mail = this.mailOf(request);
    if ('refused' in mail) return mail.refused;
    const via = this.setup.via();
    if (via === null) return refusal({ class: 'permanent_config', alarm: true }, 'carrying_provider_missing');
    return via.send(mail.request);
  }

  preview(request: DeliveryRequest): RequestPreview {
    const mail = this.mailOf(request);
    const via = this.setup.via();
    if ('refused' in mail) return { method: 'SMTP', url: '', headers: {}, body: `not sent: ${mail.refused.code}` };
    return via === null
      ? { method: 'SMTP', url: '', headers: {}, body: 'not sent: carrying_provider_missing' }
      : via.preview(mail.request);
  }

  private mailOf(
    request: DeliveryRequest,
  ): { readonly request: DeliveryRequest } | { readonly refused: SendResult & { readonly kind: 'refused' } } {
    const refused = (code: string) => ({ refused: { ...refusal({ class: 'failover' }, code), blameless: true } });
    const national = /^\+1([2-9]\d{2}[2-9]\d{6})$/.exec(request.to)?.[1];
    if (national === undefined || (request.country !== null && request.country !== 'US'))
      return refused('not_a_us_number');
    const carrier = carrierById(request.variables['carrier'] ?? this.setup.defaultCarrier ?? '');
    if (carrier === null) return refused('carrier_unknown');
    if (carrier.status === 'shut') return refused('carrier_shut');
    if ([...request.message.text].length > MAX_TEXT)
      return { refused: refusal({ class: 'content', alarm: true }, 'text_too_long') };
    return {
      request: {
        ...request,
        channel: 'email',
        to: `${national}@${carrier.domain}`,
        // Gateways put a subject in front of the text, and show HTML as an attachment.
        message: { ...request.message, subject: null, html: null },
        webDomain: null,
      },
    };
  }
}
