import type { FraudRulesView, LimitsView, PreviewReport, RefusalView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage } from '@tollgate/console/platform/testing';
import { DataTableHarness } from '@tollgate/console/ui/testing';
import { FraudRulesPage } from './fraud-rules';
import { RateLimitsPage } from './rate-limits';
import { RefusalsPage } from './refusals';

const at = '2026-11-22T11:00:00.000Z';
const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');
function press(element: Element, words: string): void {
  const button = [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words));
  if (button === undefined) throw new Error(`no button ${words}`);
  button.click();
}
function set(element: Element, selector: string, value: string, event = 'input'): void {
  const control = element.querySelector<HTMLInputElement>(selector);
  if (control === null) throw new Error(`no control ${selector}`);
  control.value = value;
  control.dispatchEvent(new Event(event, { bubbles: true }));
}
const report: PreviewReport = {
  from: at,
  to: at,
  considered: 1200,
  truncated: false,
  would_refuse: 40,
  refused_now: 10,
  would_refuse_approved: 3,
  by_policy: [],
  organizations: [],
};

describe('RateLimitsPage', () => {
  const limits: LimitsView = {
    version: 7,
    rules: [
      {
        id: 'lim_1',
        policy: 'destination_short',
        channel: 'sms',
        description: 'Starts to one destination',
        quota: 5,
        window_s: 600,
        enabled: true,
        updated_at: at,
        updated_by: 'system',
      },
    ],
  };
  const open = (answer: unknown = { ...limits, version: 8 }, permissions?: ['limits:read']) =>
    renderPage(RateLimitsPage, {
      api: new FakeApi({ 'GET /v1/limits': limits, 'POST /v1/limits/preview': report, 'PATCH /v1/limits': answer }),
      url: 'limits',
      scope: 'platform',
      staff: true,
      ...(permissions === undefined ? {} : { permissions }),
    });

  it('previews a change on real requests before it is applied, and sends only what changed', async () => {
    const { api, element, settle } = await open();
    await settle();
    expect(text(element)).toContain('Destination short (SMS): 5 in 10 minutes');
    set(element, 'input[type=number]', '3');
    await settle();
    press(element, 'Preview on the last 7 days');
    await settle();
    expect(text(element.querySelector('tg-change-preview') ?? element)).toMatch(
      /1,200 real starts.*40.*3 of them ended with the right code/,
    );
    expect(api.callsOf('PATCH /v1/limits')).toHaveLength(0);
    press(element, 'Apply now');
    await settle();
    expect(api.callsOf('PATCH /v1/limits')[0]?.body).toEqual({
      version: 7,
      rules: [{ policy: 'destination_short', channel: 'sms', quota: 3 }],
    });
    expect(element.querySelector('tg-change-bar button')).toBeNull();
  });

  it('is no change to put a value back', async () => {
    const { element, settle } = await open();
    await settle();
    set(element, 'input[type=number]', '3');
    set(element, 'input[type=number]', '5');
    await settle();
    expect(element.querySelector('tg-change-bar button')).toBeNull();
  });

  it("keeps the change when somebody else's came first, and reads again", async () => {
    const { api, element, settle } = await open(problem(409, 'version_conflict', 'Somebody else changed this'));
    await settle();
    set(element, 'input[type=number]', '3');
    await settle();
    press(element, 'Apply now');
    await settle();
    expect(api.callsOf('GET /v1/limits')).toHaveLength(2);
    expect(element.querySelector<HTMLInputElement>('input[type=number]')?.value).toBe('3');
  });

  it('is off, with the reason, for those who may only read', async () => {
    const { element, settle } = await open(undefined, ['limits:read']);
    await settle();
    expect([...element.querySelectorAll('input')].every((input) => input.disabled)).toBe(true);
    expect(text(element)).toContain('limits:write');
  });
});

describe('FraudRulesPage', () => {
  const rules: FraudRulesView = {
    version: 2,
    rules: [
      {
        id: 'frl_1',
        rule: 'unverified_ip',
        description: 'Starts that nobody completed from one address',
        mode: 'record',
        parameters: { floor: 10, of_peak: 0, of_recent: 0.3, in_flight: 5 },
        updated_at: at,
        updated_by: 'system',
      },
    ],
    allow: { networks: ['10.0.0.0/8'], countries: [], prefixes: [] },
  };

  it('changes modes, budgets and the allow-list in one go', async () => {
    const api = new FakeApi({ 'GET /v1/fraud-rules': rules, 'PATCH /v1/fraud-rules': { ...rules, version: 3 } });
    const { element, settle } = await renderPage(FraudRulesPage, {
      api,
      url: 'fraud-rules',
      scope: 'platform',
      staff: true,
    });
    await settle();
    expect(element.querySelector('h2')?.textContent).toBe('Unverified IP');
    expect([...element.querySelectorAll('option')].map(text)).toEqual(['Enforce', 'Record only', 'Off']);
    set(element, 'select', 'enforce', 'change');
    const floor = element.querySelector<HTMLInputElement>('input[type=number]');
    if (floor === null) throw new Error('no floor');
    Object.defineProperty(floor, 'valueAsNumber', { value: 20 });
    floor.dispatchEvent(new Event('input', { bubbles: true }));
    set(element, 'textarea', '10.0.0.0/8\n192.0.2.0/24', 'change');
    await settle();
    press(element, 'Apply now');
    await settle();
    expect(api.callsOf('PATCH /v1/fraud-rules')[0]?.body).toEqual({
      version: 2,
      rules: [
        { rule: 'unverified_ip', mode: 'enforce', parameters: { floor: 20, of_peak: 0, of_recent: 0.3, in_flight: 5 } },
      ],
      allow: { networks: ['10.0.0.0/8', '192.0.2.0/24'] },
    });
  });
});

describe('RefusalsPage', () => {
  const refusal: RefusalView = {
    id: 'ref_1',
    request_id: 'req_abc',
    organization_id: 'org_1',
    application_id: 'app_1',
    test: false,
    at,
    outcome: 'refused',
    code: 'quota_exceeded',
    policy: 'destination_short',
    reasons: [
      { rule: 'destination_short', explanation: 'Too many starts to this destination', observed: 6, allowed: 5 },
    ],
    channel: 'sms',
    destination: '+2782***4567',
    country: 'ZA',
    client_ip: '203.0.113.7',
    retry_after: 412,
  };

  it('explains a refusal found by its request id', async () => {
    const api = new FakeApi({ 'GET /v1/refusals': page([refusal]), 'GET /v1/refusals/:request_id': refusal });
    const { element, loader, settle } = await renderPage(RefusalsPage, {
      api,
      url: 'refusals?open=req_abc',
      path: 'refusals',
    });
    await settle();
    expect(await (await loader.getHarness(DataTableHarness)).rows()).toHaveLength(1);
    expect(api.callsOf('GET /v1/refusals/:request_id')[0]?.params).toEqual({ request_id: 'req_abc' });
    expect(text(element.querySelector('tg-refusal-detail') ?? element)).toMatch(
      /Destination short.*Too many starts to this destination.*Counted 6, allowed 5.*by SMS.*412 seconds/,
    );
  });
});
