import type { CreditBalanceView, CreditEntryView, OperationPriceView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage } from '@tollgate/console/platform/testing';
import { DataTableHarness } from '@tollgate/console/ui/testing';
import { CreditsPage } from './credits';
import { OperationPricesPage } from './operation-prices';

const at = '2026-11-22T11:00:00.000Z';
const balance: CreditBalanceView = {
  organization_id: 'org_1',
  balance: 1_500_000,
  held: 4_000,
  available: 1_496_000,
  low_balance_threshold: 2_000_000,
  low: true,
  burn: { window_days: 7, per_day: 100_000, days_left: 14.96 },
  as_of: at,
};
const entry: CreditEntryView = {
  id: 'ltx_1',
  organization_id: 'org_1',
  seq: 2,
  recorded_at: at,
  type: 'charge',
  amount: -5_000,
  balance_after: 1_500_000,
  description: 'SMS to ZA',
  created_by: { kind: 'api_key', id: 'key_1', label: 'First live key' },
  application_id: 'app_1',
  operation: 'send.sms',
  country: 'ZA',
  source: { type: 'verification', id: 'vrf_1' },
  reason: null,
  reverses: null,
  request_id: null,
};
const price: OperationPriceView = {
  id: 'opr_1',
  operation: 'send.sms',
  country: null,
  price: 5_000,
  active: true,
  valid_from: at,
  state: 'current',
  note: null,
  created_at: at,
  created_by: { id: 'usr_1', label: 'Sam' },
};

const press = (element: ParentNode, words: string) => {
  const found = [...element.querySelectorAll('button')].find((button) => button.textContent.includes(words));
  if (found === undefined) throw new Error(`no button ${words}`);
  found.click();
};
const type = (element: ParentNode, selector: string, value: string) => {
  const control = element.querySelector<HTMLInputElement>(selector);
  if (control === null) throw new Error(`no control ${selector}`);
  control.value = value;
  control.dispatchEvent(new Event('input', { bubbles: true }));
};

describe('CreditsPage', () => {
  const api = () =>
    new FakeApi({
      'GET /v1/credits': balance,
      'GET /v1/credits/entries': page([entry]),
      'POST /v1/credits/grants': { ...entry, type: 'grant', amount: 250_500, balance_after: 1_750_500 },
    });

  it('shows balance, what is held, and how long it lasts', async () => {
    const { element } = await renderPage(CreditsPage, {
      api: api(),
      url: 'credits',
      permissions: ['credits:read', 'credit_entries:read'],
    });
    const tiles = element.querySelector('tg-balance-tiles')?.textContent ?? '';
    for (const words of ['1,500', '1,496', '4', '14']) expect(tiles).toContain(words);
    expect(element.textContent).not.toContain('Grant or adjust');
  });

  it('shows the history in the words of the ledger', async () => {
    const { loader } = await renderPage(CreditsPage, { api: api(), url: 'credits' });
    const table = await loader.getHarness(DataTableHarness);
    expect(await table.headers()).toEqual(['Date', 'Amount', 'Description', 'Balance after', 'Created by', 'Type']);
    expect((await table.rows())[0]?.slice(1)).toEqual(['−5', 'SMS to ZA', '1,500', 'First live key', 'Charge']);
  });

  it('shows developers the balance alone', async () => {
    const { api: called, element } = await renderPage(CreditsPage, {
      api: api(),
      url: 'credits',
      permissions: ['credits:read'],
    });
    expect(element.querySelector('tg-data-table')).toBeNull();
    expect(called.callsOf('GET /v1/credits')).toHaveLength(1);
  });

  it('spans all organizations without a balance', async () => {
    const { api: called, loader } = await renderPage(CreditsPage, {
      api: api(),
      url: 'credits',
      scope: 'finance',
      staff: true,
    });
    expect(called.callsOf('GET /v1/credits')).toHaveLength(0);
    expect((await (await loader.getHarness(DataTableHarness)).headers())[1]).toBe('Organization');
  });

  it('grants in credits and sends milli-credits once, under an idempotency key', async () => {
    const { api: called, element, settle } = await renderPage(CreditsPage, { api: api(), url: 'credits' });
    press(element, 'Grant or adjust');
    await settle();
    type(element, 'tg-credits-field input', '250.5');
    type(element, 'tg-textarea-field textarea', 'Trial');
    await settle();
    press(element.querySelector('tg-side-sheet') ?? element, 'Grant credits');
    await settle();
    const [call] = called.callsOf('POST /v1/credits/grants');
    expect(call?.body).toEqual({ amount: 250_500, reason: 'Trial' });
    expect(call?.headers['idempotency-key']).toBeTruthy();
    expect(called.callsOf('GET /v1/credits')).toHaveLength(2);
  });

  it('grants no less than nothing: taking away is an adjustment', async () => {
    const { api: called, element, settle } = await renderPage(CreditsPage, { api: api(), url: 'credits' });
    press(element, 'Grant or adjust');
    await settle();
    type(element, 'tg-credits-field input', '-3');
    type(element, 'tg-textarea-field textarea', 'Trial');
    await settle();
    press(element.querySelector('tg-side-sheet') ?? element, 'Grant credits');
    await settle();
    expect(called.callsOf('POST /v1/credits/grants')).toHaveLength(0);
    expect(element.querySelector('tg-credits-field')?.textContent).toContain('A grant adds credits');
  });

  it('keeps what was typed when the server refuses', async () => {
    const refused = api().on(
      'POST /v1/credits/grants',
      problem(422, 'validation_failed', 'Not valid', { issues: [{ path: 'reason', message: 'Say more' }] }),
    );
    const { element, settle } = await renderPage(CreditsPage, { api: refused, url: 'credits' });
    press(element, 'Grant or adjust');
    await settle();
    type(element, 'tg-credits-field input', '1');
    type(element, 'tg-textarea-field textarea', 'x');
    await settle();
    press(element.querySelector('tg-side-sheet') ?? element, 'Grant credits');
    await settle();
    expect(element.querySelector('tg-textarea-field')?.textContent).toContain('Say more');
    expect(element.querySelector<HTMLTextAreaElement>('textarea')?.value).toBe('x');
  });
});

describe('OperationPricesPage', () => {
  const api = () =>
    new FakeApi({
      'GET /v1/operation-prices': page([price]),
      'POST /v1/operation-prices/preview': {
        from: at,
        to: at,
        charged: 100_000,
        would_have_charged: 120_000,
        difference: 20_000,
        lines: [],
        not_counted: ['send.mobile'],
      },
    });

  it('lists versions', async () => {
    const { loader } = await renderPage(OperationPricesPage, { api: api(), url: 'operation-prices' });
    expect((await (await loader.getHarness(DataTableHarness)).rows())[0]?.slice(0, 4)).toEqual([
      'SMS',
      'Every other',
      '5',
      'Charged',
    ]);
  });

  it('gives no day to prices that came with the installation', async () => {
    const came = new FakeApi({
      'GET /v1/operation-prices': page([{ ...price, valid_from: '1970-01-01T00:00:00.000Z' }]),
    });
    const { loader } = await renderPage(OperationPricesPage, { api: came, url: 'operation-prices' });
    const table = await loader.getHarness(DataTableHarness);
    const at = (await table.headers()).indexOf('Valid from');
    expect((await table.rows())[0]?.[at]).toMatch(/^–/);
  });

  it('asks what last month would have cost before anything is set', async () => {
    const {
      api: called,
      element,
      settle,
    } = await renderPage(OperationPricesPage, { api: api(), url: 'operation-prices' });
    press(element, 'Set a price');
    await settle();
    type(element, 'tg-credits-field input', '6');
    await settle();
    press(element, 'What would last month have cost?');
    await settle();
    expect(called.callsOf('POST /v1/operation-prices/preview')[0]?.body).toEqual({
      prices: [{ operation: 'send.sms', country: null, price: 6_000, active: true }],
    });
    expect(element.querySelector('tg-set-price tg-banner')?.textContent).toMatch(
      /100 credits.*120.*\+20.*Authenticator/s,
    );
    expect(called.callsOf('POST /v1/operation-prices')).toHaveLength(0);
  });

  it('says the bounds of a price in credits, not in the units of the wire', async () => {
    const {
      api: called,
      element,
      settle,
    } = await renderPage(OperationPricesPage, {
      api: api(),
      url: 'operation-prices',
    });
    press(element, 'Set a price');
    await settle();
    type(element, 'tg-credits-field input', '1000.5');
    await settle();
    press(element.querySelector('tg-side-sheet') ?? element, 'Set price');
    await settle();
    expect(element.querySelector('tg-credits-field')?.textContent).toContain('Give 0 to 1,000 credits');
    expect(called.callsOf('POST /v1/operation-prices')).toHaveLength(0);
  });
});
