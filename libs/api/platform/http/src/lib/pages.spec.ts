import { ErrorPages } from './error-page';
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
    expect(answer.headers['content-security-policy']).toContain("style-src 'self'");
  });

  it('shows it in the frame that whoever serves pages lent, and encodes what it says', async () => {
    const pages = things.app.get(ErrorPages);
    pages.framedBy(({ title, body }) => `<frame title="${title}">${body}</frame>`);
    const detail = 'A field named <script>alert(1)</script>';
    const body = { title: 'No & no', detail, request_id: 'req_1' };
    expect(pages.render({ status: 422, headers: {}, body })).toMatch(
      /^<frame title="422"><h1>No &amp; no<\/h1>\n.*&lt;script&gt;[\s\S]*req_1[\s\S]*<\/frame>$/,
    );
    const answer = await submit({ accept: 'text/html', origin: 'https://evil.example' });
    expect(answer.body).toMatch(/^<frame title="403">/);
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
