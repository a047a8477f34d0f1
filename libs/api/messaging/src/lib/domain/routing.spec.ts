import { circuitKey, parseCircuitKey, rankProviders, verdictOnProvider, type Routable } from './routing';

const provider = (id: string, change: Partial<Routable> = {}): Routable => ({
  id,
  kind: 'twilio',
  channels: ['sms'],
  countries: null,
  priority: 100,
  weight: 100,
  enabled: true,
  ...change,
});
const OUTBOX = provider('outbox', { kind: 'outbox', channels: ['sms', 'email'], priority: 1 });
const ask = (providers: Routable[], change = {}, random = () => 0.5) =>
  rankProviders(providers, { channel: 'sms', country: 'ZA', outboxAllowed: true, ...change }, random).map(
    ({ id }) => id,
  );

describe('routing', () => {
  it('orders by priority among those that serve the channel and the country', () => {
    const providers = [
      provider('c', { priority: 30 }),
      provider('a', { priority: 10, countries: ['ZA', 'IN'] }),
      provider('b', { priority: 20, countries: ['IN'] }),
      provider('mail', { channels: ['email'], priority: 1 }),
      provider('off', { enabled: false, priority: 1 }),
    ];
    expect(ask(providers)).toEqual(['a', 'c']);
    expect(ask(providers, { country: 'IN' })).toEqual(['a', 'b', 'c']);
    expect(ask(providers, { channel: 'email', country: null })).toEqual(['mail']);
  });

  it('draws among equals in proportion to their weights', () => {
    let seed = 1;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const providers = [provider('a', { weight: 90 }), provider('b', { weight: 10 }), provider('last', { weight: 0 })];
    const first = Array.from({ length: 2_000 }, () => ask(providers, {}, random));
    const share = first.filter(([id]) => id === 'a').length / first.length;
    expect(share).toBeGreaterThan(0.86);
    expect(share).toBeLessThan(0.94);
    expect(first.every((order) => order.at(-1) === 'last')).toBe(true);
  });

  it('takes the outbox only where no real provider is set up and it is allowed', () => {
    expect(ask([OUTBOX])).toEqual(['outbox']);
    expect(ask([OUTBOX], { outboxAllowed: false })).toEqual([]);
    expect(ask([OUTBOX, provider('a')])).toEqual(['a']);
    expect(ask([OUTBOX, provider('a', { countries: ['IN'] })])).toEqual(['outbox']);
  });

  it('names circuits by provider and country', () => {
    expect(parseCircuitKey(circuitKey('prv_1', 'ZA'))).toEqual({ providerId: 'prv_1', country: 'ZA' });
    expect(parseCircuitKey(circuitKey('prv_1', null))).toEqual({ providerId: 'prv_1', country: null });
  });

  it('does not blame the provider for a bad number, and blames it at once for an empty wallet', () => {
    const refused = (
      errorClass: 'permanent_destination' | 'failover' | 'retry_same' | 'permanent_config',
      alarm = false,
    ) => verdictOnProvider({ kind: 'refused', class: errorClass, code: 'x', ...(alarm ? { alarm } : {}) });
    expect(refused('permanent_destination')).toBe('ok');
    expect(refused('failover')).toBe('failed');
    expect(refused('failover', true)).toBe('fatal');
    expect(refused('permanent_config', true)).toBe('fatal');
    expect(refused('retry_same')).toBeNull();
    expect(verdictOnProvider({ kind: 'unknown', code: 'timeout' })).toBe('failed');
    expect(verdictOnProvider({ kind: 'accepted', providerMessageId: null, segments: null })).toBe('ok');
  });
});
