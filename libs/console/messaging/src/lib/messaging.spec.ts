import type { MessageDetailView, ProviderHealthView, ProviderView, TemplateView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage } from '@tollgate/console/platform/testing';
import { DataTableHarness } from '@tollgate/console/ui/testing';
import { MessagesPage } from './messages';
import { ProviderPage } from './provider';
import { initialTexts, KINDS, settingsOf, textOf } from './provider-kinds';
import { ProvidersPage } from './providers';
import { TemplatePage } from './template';
import { TemplatesPage } from './templates';

const at = '2026-11-22T11:00:00.000Z';
const text = (element: Element | null) => (element?.textContent ?? '').replace(/\s+/g, ' ');
function press(element: ParentNode, words: string): void {
  const button = [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words));
  if (button === undefined) throw new Error(`no button ${words}`);
  button.click();
}
function type(element: ParentNode, selector: string, value: string): void {
  const control = element.querySelector<HTMLInputElement>(selector);
  if (control === null) throw new Error(`no control ${selector}`);
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('MessagesPage', () => {
  const message: MessageDetailView = {
    id: 'msg_1',
    organization_id: 'org_1',
    organization: 'Acme',
    application_id: 'app_1',
    channel: 'sms',
    template: 'verification',
    template_version: 1,
    locale: 'en',
    to: '+2782***4567',
    country: 'ZA',
    subject: null,
    status: 'delivered',
    provider_id: 'prv_1',
    provider: 'outbox',
    error_class: null,
    error_code: null,
    segments: 1,
    attempts: 1,
    source: { type: 'verification', id: 'vrf_1' },
    test: false,
    resendable: true,
    queued_at: at,
    accepted_at: at,
    delivered_at: at,
    expires_at: null,
    note: null,
    provider_message_id: null,
    timeline: {
      attempts: [
        {
          number: 1,
          provider_id: 'prv_1',
          provider: 'outbox',
          outcome: 'accepted',
          error_class: null,
          error_code: null,
          provider_message_id: null,
          started_at: at,
          latency_ms: 3,
        },
      ],
      callbacks: [{ state: 'sent', provider: 'outbox', error_class: null, error_code: null, applied: false, at }],
    },
  };
  const open = (preview: unknown, permissions?: ['messages:read'], shown: MessageDetailView = message) =>
    renderPage(MessagesPage, {
      api: new FakeApi({
        'GET /v1/messages': page([shown]),
        'GET /v1/messages/:id': shown,
        'GET /v1/messages/:id/preview': preview,
        'POST /v1/messages/:id/resend': { message_id: 'msg_1' },
      }),
      url: 'messages?open=msg_1',
      path: 'messages',
      ...(permissions === undefined ? {} : { permissions }),
    });
  const sms = { subject: null, text: '482913 is your code', html: null, segments: 1, code_shown: true };

  it('shows a text as a phone would, warns of a live code, and tells late reports', async () => {
    const { element, settle } = await open(sms);
    await settle();
    expect(text(element.querySelector('tg-phone'))).toContain('482913 is your code');
    expect(text(element)).toContain('You see a live code');
    expect(text(element.querySelector('tg-timeline'))).toContain('Late: the message was further already');
  });

  it('shows a mail as a page of its own, in a frame that can run nothing, and asks for it once', async () => {
    const mail = { ...message, channel: 'email', subject: 'Your code' } as const;
    const { api, element, settle } = await open(sms, undefined, mail);
    await settle();
    const frame = element.querySelector('iframe');
    expect(frame?.getAttribute('sandbox')).toBe('');
    expect(frame?.getAttribute('src')).toBe('/v1/messages/msg_1/mail');
    expect(frame?.title).toBe('Your code');
    expect(text(element)).toContain('A live code or link is shown as long as it works');
    expect(api.callsOf('GET /v1/messages/:id/preview')).toEqual([]);
  });

  it('sends again only for those who may', async () => {
    const { api, element, settle } = await open(sms, ['messages:read']);
    await settle();
    press(element, 'Send again');
    await settle();
    expect(api.callsOf('POST /v1/messages/:id/resend')).toHaveLength(0);
  });
});

describe('templates', () => {
  const template: TemplateView = {
    id: 'tpl_1',
    organization_id: 'org_1',
    key: 'sign_in',
    name: 'Sign-in',
    channel: 'sms',
    built_in: false,
    status: 'active',
    version: 3,
    secret: true,
    contents: { en: { text: '{{code}}' } },
    lints: [],
    created_at: at,
    updated_at: at,
  };
  const preview = {
    locale: 'en',
    subject: null,
    text: '482913',
    html: null,
    encoding: 'gsm7',
    units: 6,
    segments: 1,
    beyond_gsm7: [],
    lints: [{ locale: 'en', severity: 'warning', rule: 'brand', field: 'text', message: 'Name your brand' }],
  };
  const api = (more: Record<string, unknown> = {}) =>
    new FakeApi({
      'GET /v1/templates': page([template]),
      'GET /v1/templates/:id': template,
      'POST /v1/templates/preview': preview,
      'GET /v1/templates/:id/versions': page([]),
      'POST /v1/templates/:id/versions': { ...template, version: 4, contents: { en: { text: 'New {{code}}' } } },
      ...more,
    });

  it('are listed with their languages', async () => {
    const { loader } = await renderPage(TemplatesPage, { api: api(), url: 'templates' });
    expect((await (await loader.getHarness(DataTableHarness)).rows())[0]?.slice(0, 5)).toEqual([
      'Sign-in',
      'SMS',
      'sign_in',
      'en',
      'Yours',
    ]);
  });

  it('are previewed as typed, with segments and lint, and saved as a new version', async () => {
    const {
      api: called,
      element,
      settle,
    } = await renderPage(TemplatePage, { api: api(), url: 'templates/tpl_1', path: 'templates/:id' });
    await settle();
    type(element, 'textarea', 'New {{code}}');
    await wait(300);
    await settle();
    expect(called.callsOf('POST /v1/templates/preview').at(-1)?.body).toMatchObject({
      contents: { en: { text: 'New {{code}}' } },
    });
    expect(text(element)).toMatch(/6 GSM characters in 1 segment.*Name your brand/);
    press(element, 'Save new version');
    await settle();
    expect(called.callsOf('POST /v1/templates/:id/versions')[0]?.body).toEqual({
      contents: { en: { text: 'New {{code}}' } },
      based_on: 3,
    });
  });

  it('keep the words when saving fails', async () => {
    const refused = api({
      'POST /v1/templates/:id/versions': problem(409, 'version_conflict', 'Somebody else changed this'),
    });
    const { element, settle } = await renderPage(TemplatePage, {
      api: refused,
      url: 'templates/tpl_1',
      path: 'templates/:id',
    });
    await settle();
    type(element, 'textarea', 'Mine {{code}}');
    await settle();
    press(element, 'Save new version');
    await settle();
    expect(element.querySelector('textarea')?.value).toBe('Mine {{code}}');
  });

  it('that are built in can only be read', async () => {
    const { element, settle } = await renderPage(TemplatePage, {
      api: api({ 'GET /v1/templates/:id': { ...template, built_in: true } }),
      url: 'templates/tpl_1',
      path: 'templates/:id',
    });
    await settle();
    expect(element.querySelector('textarea')?.disabled).toBe(true);
    expect(text(element)).toContain('comes with the product');
  });
});

describe('providers', () => {
  const provider: ProviderView = {
    id: 'prv_1',
    kind: 'twilio',
    name: 'Twilio',
    channels: ['sms'],
    countries: null,
    priority: 10,
    weight: 100,
    enabled: true,
    deprecated: false,
    notice: null,
    settings: { account_sid: 'AC1', senders: [] },
    credentials: [{ name: 'auth_token', hint: '••••1234', set_at: at }],
    callback_url: 'https://id.example.com/hooks/twilio/x',
    created_at: at,
    updated_at: at,
  };
  const health: ProviderHealthView = {
    provider_id: 'prv_1',
    state: 'degraded',
    last_accepted_at: at,
    last_error: { at, error_class: 'failover', error_code: '21611' },
    windows: [
      {
        minutes: 60,
        attempts: 40,
        accepted: 30,
        refused: 10,
        unknown: 0,
        success_rate: 0.75,
        latency_ms: { p50: 120, p95: 800 },
        error_classes: {},
      },
    ],
    circuits: [{ country: 'IN', state: 'open', opened_at: at, reason: '5 failures in a row' }],
  };
  const open = (page_: typeof ProvidersPage | typeof ProviderPage, url: string, more: Record<string, unknown> = {}) =>
    renderPage(page_ as typeof ProviderPage, {
      api: new FakeApi({
        'GET /v1/providers': page([provider]),
        'GET /v1/providers/:id': provider,
        'GET /v1/providers/:id/health': health,
        'PATCH /v1/providers/:id': provider,
        'POST /v1/providers': { ...provider, id: 'prv_2' },
        ...more,
      }),
      url,
      path: url.includes('/') ? 'providers/:id' : 'providers',
      scope: 'platform',
      staff: true,
    });

  it('show how they do, with the circuit that is open and why', async () => {
    const { element, settle } = await open(ProvidersPage, 'providers');
    await settle();
    expect(text(element.querySelector('tg-provider-card'))).toMatch(
      /Degraded.*75 % of 40 in 1 hour.*120 ms.*21611.*IN: open\. 5 failures in a row/,
    );
  });

  it('never show a credential and send only those that were typed', async () => {
    const { api, element, settle } = await open(ProviderPage, 'providers/prv_1');
    await settle();
    const secrets = [...element.querySelectorAll<HTMLInputElement>('input[type=password]')];
    expect(secrets.map((input) => [input.value, input.placeholder])).toEqual([
      ['', '••••1234'],
      ['', 'not set'],
      ['', 'not set'],
    ]);
    const [token] = secrets;
    if (token === undefined) throw new Error('no secret');
    token.value = 'new-token';
    token.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
    press(element, 'Save changes');
    await settle();
    expect(api.callsOf('PATCH /v1/providers/:id')[0]?.body).toEqual({
      name: 'Twilio',
      priority: 10,
      countries: null,
      enabled: true,
      settings: { account_sid: 'AC1', senders: [] },
      credentials: { auth_token: 'new-token' },
    });
  });

  it('say which setting is wrong and keep what was typed', async () => {
    const refused = problem(422, 'provider_settings_invalid', 'Not valid', {
      issues: [{ path: 'settings.account_sid', message: 'must be AC and 32 hexadecimal digits' }],
    });
    const { element, settle } = await open(ProviderPage, 'providers/new', { 'POST /v1/providers': refused });
    await settle();
    type(element, 'input[required]', 'Mine');
    await settle();
    press(element.querySelector('form') ?? element, 'Add provider');
    await settle();
    expect(text(element.querySelector('tg-banner'))).toContain(
      'settings.account_sid must be AC and 32 hexadecimal digits',
    );
    expect(element.querySelector<HTMLInputElement>('input[required]')?.value).toBe('Mine');
  });

  it('refuse settings that are not JSON before anything is sent', async () => {
    const { api, element, settle } = await open(ProviderPage, 'providers/new');
    await settle();
    type(element, 'input[required]', 'Mine');
    type(element, 'textarea', '{oops');
    await settle();
    press(element.querySelector('form') ?? element, 'Add provider');
    await settle();
    expect(text(element.querySelector('tg-banner'))).toContain('Senders is not valid JSON');
    expect(api.callsOf('POST /v1/providers')).toHaveLength(0);
  });

  it('show the request of a test send', async () => {
    const { element, settle } = await open(ProviderPage, 'providers/prv_1', {
      'POST /v1/providers/:id/test-send': {
        request: {
          method: 'POST',
          url: 'https://api.twilio.com/x',
          headers: { Authorization: 'Basic ••••' },
          body: 'To=%2B27',
        },
        result: null,
      },
    });
    await settle();
    type(element.querySelector('tg-provider-test') ?? element, 'input', '+27821234567');
    await settle();
    press(element, 'Show the request');
    await settle();
    expect(element.querySelector('pre')?.textContent).toBe(
      'POST https://api.twilio.com/x\nAuthorization: Basic ••••\n\nTo=%2B27',
    );
  });

  it('of every kind read their settings back as they were written', () => {
    for (const [kind, facts] of Object.entries(KINDS)) {
      const texts = initialTexts(kind as keyof typeof KINDS);
      const settings = settingsOf(
        facts.settings.filter((field) => texts[field.name] !== ''),
        texts,
      );
      for (const field of facts.settings) expect(textOf(field, settings)).toBe(texts[field.name]);
    }
  });
});
