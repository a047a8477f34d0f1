import { loopbackOutbound } from '@tollgate/api/outbound/testing';
import { httpProviderSettings } from '@tollgate/contracts';
import { deliveryRequest, FakeHttpProvider } from '../../testing/index';
import { compileHttpRules } from '../domain/generic/http-provider-rules';
import { HttpProvider } from './http-provider';

describe('a generic HTTP provider', () => {
  const fake = new FakeHttpProvider();
  const outbound = loopbackOutbound();
  const provider = (change: { timeout?: number; url?: string; rps?: number; concurrency?: number } = {}) => {
    const settings = httpProviderSettings.parse({
      request: {
        method: 'POST',
        url: `${change.url ?? fake.url}/send?to={{to.national|url}}&cc={{to.cc|url}}`,
        headers: { Authorization: 'Bearer {{secret.token|header}}', 'Content-Type': 'application/json' },
        body: '{"to":{{to.e164|json}},"text":{{message|json}},"otp":{{code|json}},"who":{{variables.name|json}},"app":{{app|json}}}',
        timeout_ms: change.timeout ?? 8_000,
      },
      success: { json: [{ path: '$.status', in: ['queued'] }] },
      message_id: '$.data.id',
      errors: [{ when: { json: { path: '$.code', in: ['E01'] } }, class: 'permanent', code: 'E01' }],
    });
    const { rules } = compileHttpRules(settings);
    if (rules === null) throw new Error('the settings are wrong');
    return new HttpProvider(
      { rules, credentials: { token: 's3cret' }, rps: change.rps ?? null, concurrency: change.concurrency ?? null },
      outbound,
    );
  };

  beforeAll(() => fake.start());
  afterAll(async () => {
    await outbound.close();
    await fake.stop();
  });
  beforeEach(() => fake.reset());

  it('renders its request and reads the answer', async () => {
    const result = await provider().send(
      deliveryRequest({ variables: { application: 'Acme', name: '","otp":"000000' } }),
    );
    expect(result).toEqual({ kind: 'accepted', providerMessageId: fake.messages[0]?.id, segments: null });
    expect(fake.server.received[0]?.path).toBe('/send?to=821234567&cc=27');
    expect(fake.messages[0]?.body).toEqual({
      to: '+27821234567',
      text: deliveryRequest().message.text,
      otp: '482913',
      who: '","otp":"000000',
      app: 'Acme',
    });
    expect(fake.messages[0]?.headers.authorization).toBe('Bearer s3cret');
  });

  it('classifies by its own map', async () => {
    fake.answerCode = 'E01';
    expect(await provider().send(deliveryRequest())).toEqual({
      kind: 'refused',
      class: 'permanent_destination',
      code: 'E01',
    });
    fake.answerCode = 'E99';
    expect(await provider().send(deliveryRequest())).toEqual({ kind: 'unknown', code: 'unexpected_answer' });
  });

  it.each([
    ['hang', 'timeout'],
    ['drip', 'timeout'],
  ] as const)('does not know what became of a call that %ss', async (how, code) => {
    fake.server.misbehave(how);
    expect(await provider({ timeout: 1_000 }).send(deliveryRequest())).toEqual({ kind: 'unknown', code });
  });

  it.each(['lie', 'reset', 'huge'] as const)('does not take a %s for an answer', async (how) => {
    fake.server.misbehave(how);
    expect(await provider().send(deliveryRequest())).toMatchObject({ kind: 'unknown' });
  });

  it('holds itself to the concurrency it was told', async () => {
    fake.server.latencyMs = 20;
    const one = provider({ concurrency: 2 });
    const results = await Promise.all([1, 2, 3, 4, 5].map(() => one.send(deliveryRequest())));
    expect(results.map((result) => result.kind)).toEqual(Array.from({ length: 5 }, () => 'accepted'));
    expect(fake.server.mostAtOnce).toBe(2);
  });

  it('goes elsewhere rather than wait longer than a call may take', async () => {
    const one = provider({ rps: 0.1, timeout: 1_000 });
    const results = await Promise.all([one.send(deliveryRequest()), one.send(deliveryRequest())]);
    expect(results.map((result) => result.kind)).toEqual(['accepted', 'refused']);
    expect(results[1]).toMatchObject({ class: 'failover', code: 'own_limit' });
  });

  it('shows its request with secrets and code masked', () => {
    const preview = provider().preview(deliveryRequest({ code: '******' }));
    expect(preview.headers['Authorization']).toBe('Bearer ******');
    expect(preview.body).toContain('"otp":"******"');
  });
});
