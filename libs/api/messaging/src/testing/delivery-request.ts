import type { DeliveryRequest } from '../lib/domain/delivery-provider';

/** A request as the dispatcher makes it, for specs of adapters. */
export function deliveryRequest(change: Partial<DeliveryRequest> = {}): DeliveryRequest {
  const channel = change.channel ?? 'sms';
  return {
    messageId: 'msg_01JD0000000000000000000000',
    attemptId: 'atm_01JD0000000000000000000001',
    channel,
    to: channel === 'sms' ? '+27821234567' : 'ann@example.com',
    country: channel === 'sms' ? 'ZA' : null,
    locale: 'en',
    message: {
      text: '482913 is your Acme code. Valid 10 min. Do not share it.',
      subject: channel === 'email' ? 'Your Acme code' : null,
      html: channel === 'email' ? '<p>482913 is your Acme code.</p>' : null,
      segments: 1,
    },
    code: '482913',
    variables: { application: 'Acme', minutes: '10' },
    sender: { from: '+15005550006', messagingServiceSid: null, dltEntityId: null, dltTemplateId: null },
    ttlSeconds: 600,
    webDomain: null,
    callbackUrl: null,
    scenario: null,
    attempt: 1,
    ...change,
  };
}
