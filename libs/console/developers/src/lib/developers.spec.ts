import { FakeApi, page, renderPage } from '@tollgate/console/platform/testing';
import { QuickStartPage } from './quick-start';
import { startSnippets } from './snippets';
import { TestLabPage } from './test-lab';

const KEY = `tg_test_${'a'.repeat(49)}`;
const VERIFICATION = { id: 'vrf_1', status: 'pending' };
const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');

function press(element: Element, words: string): void {
  const button = [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words));
  if (button === undefined) throw new Error(`no button ${words}`);
  button.click();
}

describe('TestLabPage', () => {
  const real = globalThis.fetch;
  let sent: { url: string; init: RequestInit }[];
  afterEach(() => {
    globalThis.fetch = real;
  });

  async function open(answers: Record<string, [number, unknown]>, permissions?: ['applications:read']) {
    sent = [];
    globalThis.fetch = ((url: string, init: RequestInit) => {
      sent.push({ url, init });
      const [status, body] = answers[`${init.method ?? 'GET'} ${url.split('?')[0] ?? ''}`] ?? [
        404,
        { code: 'route_not_found' },
      ];
      return Promise.resolve({ status, text: () => Promise.resolve(JSON.stringify(body)) });
    }) as typeof fetch;
    const api = new FakeApi({
      'GET /v1/applications': page([{ id: 'app_1', name: 'Shop' }]),
      'POST /v1/applications/:id/keys': { token: KEY },
    });
    return renderPage(TestLabPage, { api, url: 'test-lab', ...(permissions === undefined ? {} : { permissions }) });
  }
  const settleAll = async (settle: () => Promise<void>) => {
    for (let i = 0; i < 4; i += 1) {
      await new Promise((resolve) => setTimeout(resolve));
      await settle();
    }
  };

  it('makes a short-lived test key, starts, reads the inbox and checks, without the session', async () => {
    const { api, element, settle } = await open({
      'POST /v1/verifications': [201, VERIFICATION],
      'GET /v1/test/messages': [200, { data: [{ code: '482913' }] }],
      'POST /v1/verifications/vrf_1/check': [200, { valid: true }],
      'GET /v1/verifications/vrf_1': [200, { ...VERIFICATION, status: 'approved' }],
    });
    for (const words of ['Make a test key', 'Start verification', 'Read the test inbox', 'Check code']) {
      press(element, words);
      await settleAll(settle);
    }
    const [made] = api.callsOf('POST /v1/applications/:id/keys');
    expect(made?.body).toMatchObject({ kind: 'test', expires_at: expect.stringMatching(/Z$/) as string });
    expect(sent.map(({ init, url }) => `${init.method ?? ''} ${url.split('?')[0] ?? ''}`)).toEqual([
      'POST /v1/verifications',
      'GET /v1/test/messages',
      'POST /v1/verifications/vrf_1/check',
      'GET /v1/verifications/vrf_1',
    ]);
    expect(sent.every(({ init }) => init.credentials === 'omit')).toBe(true);
    expect(sent[2]?.init.body).toBe('{"code":"482913"}');
    expect(text(element)).toContain('Approved');
    expect(text(element)).toContain('It is them: the code was right.');
    expect(text(element)).not.toContain(KEY);
  });

  it('shows a refusal as it came', async () => {
    const { element, settle } = await open({
      'POST /v1/verifications': [402, { code: 'insufficient_credits', balance: 0 }],
    });
    press(element, 'Make a test key');
    await settleAll(settle);
    press(element, 'Start verification');
    await settleAll(settle);
    expect(text(element)).toContain('insufficient_credits');
    expect(text(element)).toContain('Start a verification first');
  });

  it('does not make keys for those who may not', async () => {
    const { element } = await open({}, ['applications:read']);
    const button = [...element.querySelectorAll('button')].find((one) => one.textContent.includes('Make a test key'));
    expect(button?.disabled).toBe(true);
    expect(text(element)).toContain('does not include this (keys:write)');
  });
});

describe('QuickStartPage', () => {
  it('names the own application, and says when a real code was verified', async () => {
    const api = new FakeApi({
      'GET /v1/applications': page([{ id: 'app_1', name: 'Shop' }]),
      'GET /v1/keys': page([]),
      'GET /v1/verifications': ({ query }: { query: Record<string, string> }) =>
        page(query['test'] === 'true' ? [VERIFICATION] : []),
    });
    const { element, settle } = await renderPage(QuickStartPage, { api, url: 'quick-start' });
    await settle();
    expect(text(element)).toContain('Shop');
    expect(text(element)).toContain('Create a test key for it');
    expect(element.querySelector('tg-banner')?.textContent).toContain('Verified');
    expect(element.querySelector('tg-snippet')?.textContent).toContain(`${location.origin}/v1/verifications`);
  });
});

describe('startSnippets', () => {
  it('puts address, key and destination into every language', () => {
    const snippets = startSnippets({ baseUrl: 'https://id.example.com', key: 'KEY', to: '+1555' });
    expect(snippets.map(({ language }) => language)).toEqual(['curl', 'TypeScript', 'Python', 'PHP']);
    for (const { code } of snippets) {
      for (const part of ['https://id.example.com', 'KEY', '+1555']) expect(code).toContain(part);
    }
  });
});
