import { exchange } from './harness/raw-http';
import { startServer, type RunningServer } from './harness/server';

const problem = async (answer: Response) => [answer.status, ((await answer.json()) as { code: string }).code];

describe('the surface of the server', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.close());

  const json = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    server.fetch('/v1/verifications/check', {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', authorization: 'Bearer tg_test_x', ...headers },
    });

  it('says that it lives and may be given work', async () => {
    expect(await (await server.fetch('/healthz')).json()).toEqual({ status: 'ok' });
    const ready = await (await server.fetch('/readyz')).json();
    expect(ready).toMatchObject({ status: 'ready', checks: { clock: 'ok', cache: 'ok' } });
    expect((await server.fetch('/healthz', { method: 'HEAD' })).status).toBe(200);
  });

  it('serves the OpenAPI document and the reference, without a script and for both colour schemes', async () => {
    const document = (await (await server.fetch('/openapi.json')).json()) as { openapi: string; paths: object };
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths).length).toBeGreaterThan(50);
    const page = await server.fetch('/docs');
    const text = await page.text();
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'sha256-/);
    expect(text).not.toMatch(/<script|style="|https?:\/\/(?!example|localhost)/);
    expect(text).toMatch(/id="validation_failed"/);
    expect(text).toMatch(/light-dark\(/);
    const packed = await server.fetch('/docs', { headers: { 'if-none-match': page.headers.get('etag') ?? '' } });
    expect(packed.status).toBe(304);
  });

  it('shows metrics to nobody without the token', async () => {
    expect(await problem(await server.fetch('/metrics'))).toEqual([404, 'route_not_found']);
    const guess = await server.fetch('/metrics', { headers: { authorization: 'Bearer guess' } });
    expect(guess.status).toBe(404);
  });

  it.each([
    '/nothing',
    '/v1',
    '/v1/nothing',
    '/V1/session',
    '/v1/session/',
    '//v1/session',
    '/v1//session',
    '/v1/./session',
    '/v1/x/../session',
    '/v1/%73ession',
    '/v1/session%00',
    '/v1/session;x=1',
    '/v1/session%2f',
    '/v1\\session',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/.env',
    '/.git/config',
    '/package.json',
    '/main.js.map',
    '/console/index.html',
    '/docs/',
    '/healthz/',
    '/%',
    '/%zz',
    '/%c0%ae',
  ])('has nothing at %s', async (path) => {
    const answer = await exchange(server.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
    expect(answer).toMatch(/content-type: application\/problem\+json/i);
    expect(answer).toMatch(/x-request-id: req_/i);
  });

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'])(
    'answers %s where only GET is served',
    async (method) => {
      const answer = await exchange(
        server.port,
        `${method} /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 405 Method Not Allowed\r\n/);
      expect(answer).toMatch(/\r\nallow: GET, HEAD\r\n/i);
    },
  );

  it('carries the security headers on every kind of answer', async () => {
    for (const path of ['/healthz', '/docs', '/openapi.json', '/nothing', '/v1/organizations']) {
      const { headers } = await server.fetch(path);
      expect([path, headers.get('x-content-type-options'), headers.get('cross-origin-opener-policy')]).toEqual([
        path,
        'nosniff',
        'same-origin',
      ]);
      expect(headers.get('content-security-policy')).toMatch(/default-src 'none'/);
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('x-request-id')).toMatch(/^req_/);
      expect([headers.get('server'), headers.get('x-powered-by'), headers.get('access-control-allow-origin')]).toEqual([
        null,
        null,
        null,
      ]);
    }
    expect((await server.fetch('/v1/organizations')).headers.get('cache-control')).toBe('no-store');
  });

  it('answers no foreign origin, not even a preflight', async () => {
    const preflight = await server.fetch('/v1/organizations', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(405);
    expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('takes no body over 64 kB, compressed ones, nor endless ones', async () => {
    const large = `{"a":"${'x'.repeat(64 * 1024)}"}`;
    expect(await problem(await json(large))).toEqual([413, 'body_too_large']);
    expect(await problem(await json('{}', { 'content-encoding': 'gzip' }))).toEqual([415, 'unsupported_media_type']);
    const chunk = `1000\r\n${'x'.repeat(4096)}\r\n`;
    const endless = await exchange(
      server.port,
      `POST /v1/organizations HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(20)}`,
    );
    expect(endless).toMatch(/^HTTP\/1\.1 413 /);
  });

  it('refuses request smuggling, header floods and broken HTTP without a word about itself', async () => {
    const attempts = [
      'POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
      'POST /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost: x\r\nBad Header: y\r\n\r\n',
      'GET /healthz HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n',
      `GET /healthz HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(20_000)}\r\n\r\n`,
      'nonsense\r\n\r\n',
    ];
    for (const attempt of attempts) {
      const answer = await exchange(server.port, attempt);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).toMatch(/application\/problem\+json/i);
      expect(answer).not.toMatch(/fastify|nest|node|at .*\.js/i);
    }
    expect((await server.fetch('/healthz')).status).toBe(200);
  });

  it('keeps no key of a URL and no query in its log', async () => {
    await server.fetch('/v1/organizations?key=tg_live_canary0123456789&password=canary-password');
    await server.fetch('/v1/organizations', { headers: { authorization: 'Bearer tg_live_canary0123456789' } });
    await server.fetch('/nothing/canary-path');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(server.logs.filter((line) => line.msg === 'request').length).toBeGreaterThan(3);
    expect(server.output).not.toMatch(/canary/);
  });
});
