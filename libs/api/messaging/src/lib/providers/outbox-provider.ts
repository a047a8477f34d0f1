import type { DeliveryProvider, DeliveryRequest, RequestPreview, SendResult } from '../domain/delivery-provider';

/** Delivers to the messages page of the console: nothing leaves, so that the product works with no account anywhere. */
export class OutboxProvider implements DeliveryProvider {
  send(request: DeliveryRequest): Promise<SendResult> {
    const segments = request.channel === 'sms' ? request.message.segments : null;
    return Promise.resolve({ kind: 'accepted', providerMessageId: null, segments, delivered: true });
  }

  preview(request: DeliveryRequest): RequestPreview {
    return { method: 'OUTBOX', url: 'outbox:', headers: { to: request.to }, body: request.message.text };
  }
}
