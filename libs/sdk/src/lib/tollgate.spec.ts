import { jest } from '@jest/globals';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { orThrow, Tollgate, TollgateError } from './tollgate';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: IncomingMessage['headers'];
  body: string;
}

describe('Tollgate', () => {
  let server: Server;
  let seen: Seen[];
  let answers: ((response: ServerResponse) => void)[];
  let client: Tollgate;

  beforeEach(async () => {
    seen = [];
    answers = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        seen.push({
          method: request.method,
          url: request.url,
          headers: request.headers,
          body: Buffer.concat(chunks).toString(),
        });
        const answer = answers.shift() ?? json(500, {});
        answer(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    client = new Tollgate({ apiKey: 'tg_test_x', baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 500 });
  });
  afterEach(
    () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  );

  const json =
    (status: number, body: unknown, headers: Record<string, string> = {}) =>
    (response: ServerResponse) => {
      response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_1', ...headers });
      response.end(JSON.stringify(body));
    };

  it('gives an answer as data, with the request id', async () => {
    answers.push(json(201, { id: 'vrf_1' }));
    const result = await client.verifications.start({ to: '+27821234567' });
    expect(result).toEqual({ ok: true, data: { id: 'vrf_1' }, requestId: 'req_1' });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/v1/verifications', body: '{"to":"+27821234567"}' });
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer tg_test_x', 'content-type': 'application/json' });
  });

  it('gives an expected refusal as a value that says what to do', async () => {
    answers.push(
      json(402, {
        code: 'insufficient_credits',
        title: 'Not enough',
        status: 402,
        balance: 2000,
        required: 6000,
        request_id: 'req_1',
      }),
    );
    const result = await client.verifications.start({ to: '+27821234567' });
    expect(result).toMatchObject({ ok: false, error: { code: 'insufficient_credits', balance: 2000, required: 6000 } });
    expect(seen).toHaveLength(1);
    expect(() => orThrow(result)).toThrow(TollgateError);
  });

  it('repeats a lost call under one idempotency key', async () => {
    answers.push(
      (response) => response.destroy(),
      json(503, { code: 'unavailable', status: 503 }),
      json(200, { valid: true }),
    );
    const result = await client.verifications.check('vrf_1', '123456');
    expect(result).toMatchObject({ ok: true, data: { valid: true } });
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it('waits as long as Retry-After says when that is soon', async () => {
    jest.useFakeTimers();
    const replies = [
      new Response('{"code":"quota_exceeded","status":429}', { status: 429, headers: { 'retry-after': '3' } }),
      new Response('{"id":"vrf_1"}', { status: 201 }),
    ];
    let calls = 0;
    const patient = new Tollgate({
      apiKey: 'tg_test_x',
      baseUrl: 'http://127.0.0.1',
      fetch: () => Promise.resolve(replies[calls++] ?? Response.error()),
    });
    const result = patient.verifications.start({ to: '+27821234567' });
    await jest.advanceTimersByTimeAsync(2_999);
    expect(calls).toBe(1);
    await jest.advanceTimersByTimeAsync(2);
    expect(await result).toMatchObject({ ok: true, data: { id: 'vrf_1' } });
    jest.useRealTimers();
  });

  it('hands a long wait to the caller', async () => {
    answers.push(json(429, { code: 'resend_cooldown', status: 429 }, { 'retry-after': '30' }));
    expect(await client.verifications.resend('vrf_1')).toMatchObject({
      ok: false,
      error: { code: 'resend_cooldown', retry_after: 30 },
    });
    expect(seen).toHaveLength(1);
  });

  it('gives up after its tries when nobody answers in time', async () => {
    answers.push(
      () => undefined,
      () => undefined,
      () => undefined,
    );
    const result = await client.verifications.get('vrf_1');
    expect(result).toMatchObject({ ok: false, error: { code: 'timeout', status: 0 } });
    expect(seen).toHaveLength(3);
  });

  it('does not take a page of a proxy for an answer', async () => {
    answers.push((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'));
    expect(await client.verifications.get('vrf_1')).toMatchObject({ ok: false, error: { code: 'invalid_answer' } });
  });

  it('keeps ids inside their place in the path', async () => {
    answers.push(json(200, {}));
    await client.verifications.cancel('../../v1/keys');
    expect(seen[0]?.url).toBe('/v1/verifications/..%2F..%2Fv1%2Fkeys/cancel');
  });

  it('reads the last code of the test inbox, and sends the test clock', async () => {
    answers.push(json(200, { data: [{ code: '123456' }] }));
    expect(await client.test.lastCode('+27821234567', { testClock: '+10s' })).toMatchObject({
      ok: true,
      data: '123456',
    });
    expect(seen[0]).toMatchObject({
      url: '/v1/test/messages?to=%2B27821234567&limit=1',
      headers: { 'test-clock': '+10s' },
    });
  });
});
