import { ENDPOINTS, type EndpointDeclaration } from '@tollgate/contracts';
import { startServer, type RunningServer } from './harness/server';

const ID = '01JD2Q4Z8M6T0V3XK5N7P9R2SW';

/** The path of an endpoint with ids that could exist. */
const pathOf = (endpoint: EndpointDeclaration): string =>
  endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const schema = endpoint.params?.shape[name];
    const prefix = /\^\(?\??:?([a-z]+)_\[/.exec(
      JSON.stringify(schema?._zod.def ?? {}, (_key, value: unknown) =>
        value instanceof RegExp ? value.source : value,
      ),
    )?.[1];
    return prefix === undefined ? 'x' : `${prefix}_${ID}`;
  });

const name = (endpoint: EndpointDeclaration): string => `${endpoint.method} ${endpoint.path}`;
const guarded = ENDPOINTS.filter(({ access }) => typeof access === 'string');

describe('the contract', () => {
  let server: RunningServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.close());

  const call = async (endpoint: EndpointDeclaration, headers: Record<string, string> = {}) => {
    const answer = await server.fetch(pathOf(endpoint), { method: endpoint.method, headers });
    const body = (await answer.json().catch(() => ({}))) as { code?: string };
    return `${answer.status} ${body.code ?? ''}`;
  };

  it('takes no cookie that is not a session', async () => {
    for (const cookie of [
      '__Host-tg_session=',
      '__Host-tg_session=x',
      `__Host-tg_session=${'A'.repeat(8000)}`,
      'a=b; a=c',
      '=;;=',
      '__Host-tg_session=%ff%00',
    ]) {
      const answer = await server.fetch('/v1/session', { headers: { cookie } });
      expect([cookie.slice(0, 40), answer.status]).toEqual([cookie.slice(0, 40), 401]);
    }
  });

  it('is served whole, and asks for a credential wherever it does not say why not', async () => {
    const answers = await Promise.all(guarded.map(async (endpoint) => `${name(endpoint)}: ${await call(endpoint)}`));
    expect(answers).toEqual(guarded.map((endpoint) => `${name(endpoint)}: 401 missing_credentials`));
  });

  it('accepts no made-up key anywhere', async () => {
    const headers = { authorization: 'Bearer tg_live_0000000000000000000000000000000000000000000' };
    for (const endpoint of guarded) {
      const answer = await call(endpoint, headers);
      expect([name(endpoint), answer]).toEqual([
        name(endpoint),
        expect.stringMatching(/^(401 invalid_api_key|429 too_many_failed_authentications)$/),
      ]);
    }
  });

  it('says what is public and why, in a list that is read whenever it changes', () => {
    const open = ENDPOINTS.filter(({ access }) => typeof access === 'object').map(name);
    expect(open.sort()).toMatchSnapshot();
  });

  it('lets no browser change anything from another origin', async () => {
    const unsafe = guarded.filter(({ method }) => method !== 'GET');
    for (const endpoint of unsafe) {
      const answer = await server.fetch(pathOf(endpoint), {
        method: endpoint.method,
        body: 'a=b',
        headers: { cookie: '__Host-tg_session=x', origin: 'https://evil.example', 'content-type': 'text/plain' },
      });
      expect([name(endpoint), answer.status >= 400 && answer.status < 500]).toEqual([name(endpoint), true]);
    }
  });
});
