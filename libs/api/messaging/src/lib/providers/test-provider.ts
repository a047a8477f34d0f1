import type { SendState } from '../message-queue';
import type { DeliveryProvider, DeliveryRequest, RequestPreview, SendResult } from '../domain/delivery-provider';

/** How a report of the pretended network reaches the messages. */
export type TestReport = (attemptId: string, state: SendState, eventId: string) => Promise<void>;

/**
 * Delivers the messages of test keys: to the test inbox, never to a vendor. The scenario, chosen by the last two digits
 * of the number or the tag of the mailbox, says how the network behaves:
 * 01 never delivered · 02 a vendor's 5xx, then accepted · 03 permanent failure · 09 the report comes before the answer ·
 * 10 the report comes twice · 11 a time-out of unknown outcome. All others are delivered. 04–08 and 12 are decided before
 * anything is sent, by the verification.
 */
export class TestProvider implements DeliveryProvider {
  constructor(private readonly report: TestReport) {}

  async send(request: DeliveryRequest): Promise<SendResult> {
    const providerMessageId = `test_${request.attemptId}`;
    const segments = request.channel === 'sms' ? request.message.segments : null;
    const accepted = { kind: 'accepted', providerMessageId, segments } as const;
    switch (request.scenario) {
      case '01':
        return accepted;
      case '02':
        return request.attempt === 1
          ? { kind: 'refused', class: 'failover', code: 'http_503' }
          : { ...accepted, delivered: true };
      case '03':
        return { kind: 'refused', class: 'permanent_destination', code: '21211' };
      case '09':
        await this.report(request.attemptId, 'delivered', 'early');
        return accepted;
      case '10':
        await this.report(request.attemptId, 'delivered', 'twice');
        await this.report(request.attemptId, 'delivered', 'twice');
        return accepted;
      case '11':
        return { kind: 'unknown', code: 'timeout' };
      default:
        return { ...accepted, delivered: true };
    }
  }

  preview(request: DeliveryRequest): RequestPreview {
    return { method: 'TEST', url: 'test:', headers: { to: request.to }, body: request.message.text };
  }
}
