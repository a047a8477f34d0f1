import { AUTHORIZED, thingsApp, type ThingsApp } from './testing/things';

describe('what a served endpoint takes', () => {
  let things: ThingsApp;

  beforeAll(async () => {
    things = await thingsApp();
  });

  afterAll(() => things.app.close());

  const post = (payload: string | Buffer, headers: Record<string, string> = AUTHORIZED) =>
    things.app.inject({ method: 'POST', url: '/v1/things', payload, headers });

  it('names every fault of a body by its path', async () => {
    const answer = await post('{"to":["anna"],"code":{"length":2,"alphabet":"x"},"organization_id":"org_1"}');
    expect(answer.statusCode).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const problem = answer.json();
    expect(problem.code).toBe('validation_failed');
    expect(problem.issues.map((issue: { path: string }) => issue.path).sort()).toEqual([
      'code.alphabet',
      'code.length',
      'organization_id',
      'to',
    ]);
  });

  it.each([
    ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), 400, 'malformed_json'],
    ['a member named twice', '{"to":"a","to":"b"}', 400, 'duplicate_key'],
    ['a member named twice by escapes', '{"to":"a","\\u0074o":"b"}', 400, 'duplicate_key'],
    ['depth', `{"to":${'['.repeat(25)}${']'.repeat(25)}}`, 400, 'body_too_deep'],
    ['__proto__', '{"to":"a","__proto__":{"admin":true}}', 400, 'malformed_json'],
    ['constructor', '{"to":"a","constructor":{"prototype":{}}}', 400, 'malformed_json'],
    ['an endless number', '{"to":1e400}', 400, 'malformed_json'],
    ['half a character', '{"to":"\\ud800"}', 400, 'malformed_json'],
    ['a byte order mark', '\uFEFF{"to":"a"}', 400, 'malformed_json'],
    ['nothing', '', 422, 'validation_failed'],
    ['half a body', '{"to":', 400, 'malformed_json'],
    ['two bodies', '{"to":"a"}{}', 400, 'malformed_json'],
    ['a scalar', '"a"', 422, 'validation_failed'],
  ])('refuses %s', async (_name, payload, status, code) => {
    const answer = await post(payload);
    expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  });

  it('takes 64 kB and refuses a byte more', async () => {
    const fits = `{"to":"a"${' '.repeat(64 * 1024 - 10)}}`;
    expect(fits).toHaveLength(64 * 1024);
    expect((await post(fits)).statusCode).toBe(201);
    const answer = await post(`${fits} `);
    expect([answer.statusCode, answer.json().code]).toEqual([413, 'body_too_large']);
    expect(answer.headers['x-request-id']).toMatch(/^req_/);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    '',
  ])('refuses a body of type %p', async (type) => {
    const answer = await post('{"to":"a"}', { authorization: 'Bearer good', 'content-type': type });
    expect([answer.statusCode, answer.json().code]).toEqual([415, 'unsupported_media_type']);
  });

  it('refuses a compressed body', async () => {
    const answer = await post('{"to":"a"}', { ...AUTHORIZED, 'content-encoding': 'gzip' });
    expect(answer.json().code).toBe('unsupported_media_type');
  });

  it.each([
    'limit=0',
    'limit=201',
    'limit=ten',
    'channel=sms&channel=email',
    'organization_id=org_1',
    'channel[]=sms',
    'sort=id;drop',
    'key=tg_live_x',
  ])('refuses the query %s', async (query) => {
    const answer = await things.app.inject({ url: `/v1/things?${query}`, headers: AUTHORIZED });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'validation_failed']);
  });

  it('takes a declared query', async () => {
    const answer = await things.app.inject({ url: '/v1/things?limit=7&channel=email', headers: AUTHORIZED });
    expect(answer.json()).toEqual({ data: [{ id: 'email' }], next_cursor: null, total_estimate: 7 });
  });

  it('reads a malformed id as not found', async () => {
    const answer = await things.app.inject({ url: '/v1/things/garbage' });
    expect([answer.statusCode, answer.json().code]).toEqual([404, 'not_found']);
  });
});
