import * as z from 'zod';
import { createClient, pathOf } from './client';
import { endpoint } from './endpoint';

const read = endpoint({
  id: 'things.read',
  method: 'GET',
  path: '/v1/things/:id/parts/:part',
  access: 'self',
  summary: 'Read',
  tag: 'Things',
  query: z.strictObject({ limit: z.coerce.number().optional(), q: z.string().optional() }),
  responses: { 200: z.strictObject({ id: z.string() }) },
});
const write = endpoint({
  id: 'things.write',
  method: 'POST',
  path: '/v1/things',
  access: 'self',
  summary: 'Write',
  tag: 'Things',
  body: z.strictObject({ name: z.string() }),
  responses: { 201: z.strictObject({ id: z.string() }), 204: null },
});

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function clientAnswering(response: () => Response) {
  const sent: Sent[] = [];
  const client = createClient({
    baseUrl: 'https://id.example.com',
    headers: () => ({ authorization: 'Bearer tg_test_x' }),
    fetch: (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      return Promise.resolve(response());
    },
  });
  return { client, sent };
}

const json = (status: number, body: unknown, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': type } });

describe('the client of the contract', () => {
  it('fills in the path and the query and leaves out what is not given', () => {
    expect(pathOf(read, { params: { id: 'a/b', part: '1' }, query: { limit: 5, q: undefined } })).toBe(
      '/v1/things/a%2Fb/parts/1?limit=5',
    );
  });

  it('sends what the declaration says and gives the typed body', async () => {
    const { client, sent } = clientAnswering(() => json(201, { id: 'thg_1' }));
    const answer = await client.call(write, { body: { name: 'x' }, headers: { 'idempotency-key': 'k' } });
    expect(answer).toMatchObject({ ok: true, status: 201, data: { id: 'thg_1' } });
    expect(sent).toMatchObject([
      {
        url: 'https://id.example.com/v1/things',
        init: {
          method: 'POST',
          body: '{"name":"x"}',
          headers: { authorization: 'Bearer tg_test_x', 'content-type': 'application/json', 'idempotency-key': 'k' },
        },
      },
    ]);
  });

  it('gives problems as values', async () => {
    const problem = { type: '/docs#not_found', title: 'x', status: 404, code: 'not_found', request_id: 'req_1' };
    const { client } = clientAnswering(() => json(404, problem, 'application/problem+json; charset=utf-8'));
    const answer = await client.call(read, { params: { id: '1', part: '2' } });
    expect(answer).toMatchObject({ ok: false, status: 404, problem });
  });

  it('makes a problem out of an answer that is none', async () => {
    const { client } = clientAnswering(() => new Response('<html>Bad gateway</html>', { status: 502 }));
    const answer = await client.call(read, { params: { id: '1', part: '2' } });
    expect(answer.ok ? null : answer.problem.code).toBe('unavailable');
  });

  it('reads an answer without body', async () => {
    const { client } = clientAnswering(() => new Response(null, { status: 204 }));
    expect(await client.call(write, { body: { name: 'x' } })).toMatchObject({ ok: true, status: 204 });
  });
});
