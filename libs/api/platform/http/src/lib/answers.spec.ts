import { Controller, RequestMapping, RequestMethod } from '@nestjs/common';
import { endpoint } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';
import { limitedError } from './rate-limiter';
import { Serve } from './serve';
import { ORIGIN, principal, testApp, testConfig } from './testing/test-app';
import { AUTHORIZED, failures, list, read, ThingsController, thingsApp, type ThingsApp } from './testing/things';

describe('what a served endpoint answers', () => {
  let things: ThingsApp;

  beforeAll(async () => {
    things = await thingsApp();
  });

  afterAll(() => things.app.close());

  const post = (payload: string | Buffer, headers: Record<string, string> = AUTHORIZED) =>
    things.app.inject({ method: 'POST', url: '/v1/things', payload, headers });

  it('answers with the status and body that the handler chose', async () => {
    const created = await post('{"to":"anna"}');
    expect([created.statusCode, created.json()]).toEqual([201, { id: 'anna', by: principal().id }]);
    const again = await post('{"to":"again"}');
    expect([again.statusCode, again.json()]).toEqual([200, { id: 'again' }]);
  });

  it('turns errors into problems and keeps their text to itself', async () => {
    const attempt = async (failure: () => unknown) => {
      failures.set('x', failure);
      return things.app.inject({
        method: 'DELETE',
        url: '/v1/things/x',
        headers: { 'x-request-id': 'trace-12345678' },
      });
    };
    const domain = await attempt(() => new DomainError('insufficient_credits', { extra: { balance: 2, required: 6 } }));
    expect(domain.statusCode).toBe(402);
    expect(domain.json()).toEqual({
      type: `${ORIGIN}/docs#insufficient_credits`,
      title: 'There are not enough credits for this',
      status: 402,
      detail: 'There are not enough credits for this',
      instance: '/v1/requests/trace-12345678',
      code: 'insufficient_credits',
      request_id: 'trace-12345678',
      balance: 2,
      required: 6,
    });
    const unknown = await attempt(() => new Error('SELECT secret FROM /etc/passwd'));
    expect([unknown.statusCode, unknown.json().code]).toEqual([500, 'internal_error']);
    expect(unknown.body).not.toMatch(/SELECT|passwd/);
    const text = await attempt(() => 'a string');
    expect(text.json().code).toBe('internal_error');
    const lost = await attempt(() =>
      Object.assign(new Error('x'), { driverError: { code: 'PROTOCOL_CONNECTION_LOST' } }),
    );
    expect([lost.statusCode, lost.json().code, lost.headers['retry-after']]).toEqual([503, 'unavailable', '1']);
    const limited = await attempt(() =>
      limitedError('quota_exceeded', [{ name: 'destination', limit: 5, window_s: 600, reset_s: 411.2 }]),
    );
    expect(limited.statusCode).toBe(429);
    expect(limited.headers).toMatchObject({
      ratelimit: '"destination";r=0;t=412',
      'ratelimit-policy': '"destination";q=5;w=600',
      'retry-after': '412',
    });
    expect(limited.json().retry_after).toBe(412);
  });

  it('carries the security headers, and nothing about what runs it', async () => {
    for (const url of ['/v1/things/thg_1', '/v1/things', '/nothing']) {
      const { headers } = await things.app.inject({ url });
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'strict-transport-security': 'max-age=63072000; includeSubDomains',
      });
      expect(headers['content-security-policy']).toMatch(/default-src 'none'; frame-ancestors 'none'/);
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('tells observers of every answer, with the pattern and never the query', async () => {
    things.records.length = 0;
    await things.app.inject({ url: '/v1/things/garbage?token=hunter2' });
    await things.app.inject({ url: '/v1/things', headers: { ...AUTHORIZED, 'user-agent': 'spec' } });
    await things.app.inject({ url: '/nothing/here' });
    expect(things.records).toMatchObject([
      { route: '/v1/things/:id', event: 'things.read', status: 404, errorCode: 'not_found', principal: null },
      {
        route: '/v1/things',
        event: 'things.list',
        status: 200,
        errorCode: null,
        userAgent: 'spec',
        principal: { id: principal().id },
      },
      { route: null, event: null, status: 404, errorCode: 'route_not_found' },
    ]);
    expect(JSON.stringify(things.records.map((record) => ({ ...record, principal: null })))).not.toMatch(/hunter2/);
  });
});

describe('start-up', () => {
  @Controller()
  class BareController {
    @RequestMapping({ path: '/v1/bare', method: RequestMethod.GET })
    bare(): string {
      return 'bare';
    }
  }

  it('ends when a route declares nothing', async () => {
    await expect(testApp({ controllers: [BareController] })).rejects.toThrow(
      /BareController.bare has a route without a declaration/,
    );
  });

  it('ends when two handlers serve the same', async () => {
    @Controller()
    class TwiceController {
      @Serve(read)
      first() {
        return { id: '', request: '', effective: '' };
      }
    }
    await expect(testApp({ controllers: [ThingsController, TwiceController] })).rejects.toThrow();
  });
});

describe('an answer that is not as declared', () => {
  const declared = endpoint({
    ...list,
    id: 'leaky.read',
    path: '/v1/leaky',
    access: read.access,
    responses: read.responses,
  });
  @Controller()
  class LeakyController {
    @Serve(declared)
    read() {
      return { id: 'a', request: 'b', effective: 'c', password_hash: 'secret' };
    }
  }

  const answerIn = async (profile: 'production' | 'test') => {
    const app = await testApp({ controllers: [LeakyController] }, testConfig({ profile }));
    const answer = await app.inject({ url: '/v1/leaky' });
    await app.close();
    return answer;
  };

  it('is an error in tests', async () => {
    expect((await answerIn('test')).statusCode).toBe(500);
  });

  it('is cut to what is declared in production', async () => {
    expect((await answerIn('production')).json()).toEqual({ id: 'a', request: 'b', effective: 'c' });
  });
});
