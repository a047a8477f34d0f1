import { thingsApp, type ThingsApp } from './testing/things';
import { ORIGIN } from './testing/test-app';

describe('a page', () => {
  let things: ThingsApp;

  beforeAll(async () => {
    things = await thingsApp();
  });

  afterAll(() => things.app.close());

  const submit = (headers: Record<string, string>, payload = 'email=a%40b.c&x=1') =>
    things.app.inject({
      method: 'POST',
      url: '/sign-in',
      payload,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    });

  it('takes the form of its own origin', async () => {
    const answer = await submit({ origin: ORIGIN });
    expect([answer.statusCode, answer.body]).toEqual([200, '<p>a@b.c</p>']);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers['referrer-policy']).toBe('same-origin');
  });

  it('takes a call that no browser made', async () => {
    expect((await submit({})).statusCode).toBe(200);
  });

  it.each([
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { cookie: 'who=anna' },
  ])('refuses %p', async (headers) => {
    expect((await submit(headers as Record<string, string>)).json().code).toBe('origin_not_allowed');
  });

  it('refuses a field named twice, other types and bad encodings', async () => {
    expect((await submit({}, 'email=a&email=b')).json().code).toBe('duplicate_key');
    expect((await submit({}, 'email=%ff')).json().code).toBe('malformed_request');
    expect((await submit({ 'content-type': 'text/plain' })).json().code).toBe('unsupported_media_type');
  });

  it('shows a browser a page when it fails', async () => {
    const answer = await submit({ accept: 'text/html', origin: 'https://evil.example' });
    expect(answer.statusCode).toBe(403);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.body).toMatch(/<h1>Unsafe calls with a session need the Origin of this console<\/h1>/);
  });

  it('takes a large body where it says so, and no larger one', async () => {
    const send = (events: number) =>
      things.app.inject({
        method: 'POST',
        url: '/hooks/large',
        payload: JSON.stringify(
          Array.from({ length: events }, (_, index) => ({ event: 'delivered', id: `e${index}` })),
        ),
        headers: { 'content-type': 'application/json' },
      });
    expect((await send(5_000)).json()).toEqual({ length: 5_000 });
    expect((await send(40_000)).json().code).toBe('body_too_large');
  });
});
