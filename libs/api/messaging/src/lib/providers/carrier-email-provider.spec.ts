import { deliveryRequest } from '../../testing/index';
import type { DeliveryRequest, SendResult } from '../domain/delivery-provider';
import { CarrierEmailProvider } from './carrier-email-provider';
import { CARRIERS } from './carriers';
import { OutboxProvider } from './outbox-provider';
import { TestProvider } from './test-provider';

const us = (change: Partial<DeliveryRequest> = {}) => deliveryRequest({ to: '+14155550123', country: 'US', ...change });

describe('SMS by mail to a US carrier', () => {
  const sent: DeliveryRequest[] = [];
  const accepted: SendResult = { kind: 'accepted', providerMessageId: 'm', segments: null };
  const via = {
    send: (request: DeliveryRequest) => {
      sent.push(request);
      return Promise.resolve(accepted);
    },
    preview: () => ({ method: 'SMTP', url: '', headers: {}, body: '' }),
  };
  const provider = (defaultCarrier: string | null = 'google_fi') =>
    new CarrierEmailProvider({ defaultCarrier, via: () => via });
  beforeEach(() => (sent.length = 0));

  it('mails the text to the gateway of the carrier', async () => {
    expect(await provider().send(us())).toBe(accepted);
    expect(sent[0]).toMatchObject({
      channel: 'email',
      to: '4155550123@msg.fi.google.com',
      message: { subject: null, html: null },
    });
    await provider(null).send(us({ variables: { carrier: 'verizon' } }));
    expect(sent[1]?.to).toBe('4155550123@vtext.com');
  });

  it.each(CARRIERS.filter((carrier) => carrier.status === 'shut').map((carrier) => carrier.id))(
    'refuses %s, which is shut',
    async (id) => {
      expect(await provider(id).send(us())).toMatchObject({ kind: 'refused', class: 'failover', code: 'carrier_shut' });
      expect(sent).toEqual([]);
    },
  );

  it('refuses other countries, unknown carriers and long texts', async () => {
    expect(await provider().send(us({ to: '+14165550123', country: 'CA' }))).toMatchObject({ code: 'not_a_us_number' });
    expect(await provider(null).send(us())).toMatchObject({ code: 'carrier_unknown' });
    expect(await provider().send(us({ message: { ...us().message, text: 'x'.repeat(141) } }))).toMatchObject({
      class: 'content',
    });
    expect(await new CarrierEmailProvider({ defaultCarrier: 'google_fi', via: () => null }).send(us())).toMatchObject({
      class: 'permanent_config',
    });
  });

  it('says of every carrier when somebody looked', () => {
    for (const carrier of CARRIERS) expect(carrier.checked_on).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});

describe('providers that call nobody', () => {
  it('delivers to the outbox at once', async () => {
    expect(await new OutboxProvider().send(us())).toMatchObject({ kind: 'accepted', delivered: true, segments: 1 });
  });

  it.each([
    [null, 1, { kind: 'accepted', delivered: true }],
    ['00', 1, { kind: 'accepted', delivered: true }],
    ['02', 1, { kind: 'refused', class: 'failover' }],
    ['02', 2, { kind: 'accepted', delivered: true }],
    ['03', 1, { kind: 'refused', class: 'permanent_destination' }],
    ['11', 1, { kind: 'unknown' }],
    ['04', 1, { kind: 'accepted', delivered: true }],
  ])('plays scenario %s at attempt %d', async (scenario, attempt, expected) => {
    const provider = new TestProvider(() => Promise.resolve());
    expect(await provider.send(us({ scenario, attempt }))).toMatchObject(expected);
  });

  it('never delivers in scenario 01, reports early in 09 and twice in 10', async () => {
    const reports: string[] = [];
    const provider = new TestProvider((_attempt, state, event) => {
      reports.push(`${state}:${event}`);
      return Promise.resolve();
    });
    expect(await provider.send(us({ scenario: '01' }))).not.toHaveProperty('delivered');
    expect(reports).toEqual([]);
    await provider.send(us({ scenario: '09' }));
    expect(reports).toEqual(['delivered:early']);
    await provider.send(us({ scenario: '10' }));
    expect(reports.slice(1)).toEqual(['delivered:twice', 'delivered:twice']);
  });
});
