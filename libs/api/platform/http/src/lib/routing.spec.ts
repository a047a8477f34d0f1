import { AUTHORIZED, thingsApp, type ThingsApp } from './testing/things';
import { principal } from './testing/test-app';

describe('the addresses of a served endpoint', () => {
  let things: ThingsApp;

  beforeAll(async () => {
    things = await thingsApp();
  });

  afterAll(() => things.app.close());

  const post = (payload: string | Buffer, headers: Record<string, string> = AUTHORIZED) =>
    things.app.inject({ method: 'POST', url: '/v1/things', payload, headers });

  it('runs inside the request context, with the request id that came', async () => {
    const answer = await things.app.inject({ url: '/v1/things/thg_1', headers: { 'x-request-id': 'trace-12345678' } });
    expect(answer.json()).toEqual({ id: 'thg_1', request: 'trace-12345678', effective: '127.0.0.1' });
    expect(answer.headers['x-request-id']).toBe('trace-12345678');
  });

  it('keeps the request context across a body that arrives', async () => {
    expect((await post('{"to":"anna"}')).json().by).toBe(principal().id);
  });

  it.each(['short', 'with space and more', 'x'.repeat(65), 'line\u00e9break1'])(
    'makes its own request id for %p',
    async (id) => {
      const answer = await things.app.inject({ url: '/v1/things/thg_1', headers: { 'x-request-id': id } });
      expect(answer.headers['x-request-id']).toMatch(/^req_[0-9A-Z]{26}$/);
    },
  );

  it.each([
    '//v1/things/thg_1',
    '/v1//things/thg_1',
    '/v1/things/thg_1/',
    '/v1/./things/thg_1',
    '/v1/x/../things/thg_1',
    '/v1/%74hings/thg_1',
    '/v1/things%2fthg_1',
    '/V1/things/thg_1',
    '/v1/things;x=1/thg_1',
    '/v1/things/thg_1;x',
    '/v1\\things\\thg_1',
    '/v1/things/%2e',
    '/v1/things/thg_1%00',
    '/v1/things/%',
    'http://evil.example/v1/things/thg_1',
    '/v1/nothing',
  ])('finds nothing at %s', async (url) => {
    const answer = await things.raw(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toMatch(/"code":"route_not_found"/);
    expect(answer.toLowerCase()).toMatch(/x-request-id: req_/);
    expect(answer.toLowerCase()).toMatch(/x-content-type-options: nosniff/);
  });

  it('answers a wrong method with those that are right', async () => {
    const answer = await things.app.inject({ method: 'PUT', url: '/v1/things/thg_1' });
    expect([answer.statusCode, answer.json().code, answer.headers.allow]).toEqual([
      405,
      'method_not_allowed',
      'DELETE, GET, HEAD, PATCH',
    ]);
    for (const method of ['OPTIONS', 'TRACE', 'PROPFIND', 'LOCK']) {
      const text = await things.raw(`${method} /v1/things HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect([method, text.split('\r\n', 1)[0]]).toEqual([method, 'HTTP/1.1 405 Method Not Allowed']);
    }
  });

  it('answers HEAD like GET without a body, behind the same gate', async () => {
    const answer = await things.app.inject({ method: 'HEAD', url: '/v1/things/thg_1' });
    expect([answer.statusCode, answer.body]).toEqual([200, '']);
    expect((await things.app.inject({ method: 'HEAD', url: '/v1/things' })).statusCode).toBe(401);
  });

  it('refuses what HTTP smuggling needs', async () => {
    const both = await things.raw(
      'POST /v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    );
    expect(both).toMatch(/^HTTP\/1\.1 400 /);
    expect(both).toMatch(/application\/problem\+json/);
  });
});
