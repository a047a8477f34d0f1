import { FakeApi, problem, renderPage } from '@tollgate/console/platform/testing';
import { PlatformSettingsPage } from './platform-settings';
import { SystemHealthPage } from './system-health';

const text = (element: Element) => element.textContent.replace(/\s+/g, ' ');
const press = (element: Element, words: string) =>
  [...element.querySelectorAll('button')].find((one) => one.textContent.includes(words))?.click();

const health = {
  status: 'degraded',
  checks: [
    { name: 'clock', status: 'ok', detail: null },
    { name: 'queue', status: 'degraded', detail: 'the oldest job has waited for 90 s' },
  ],
  jobs: { waiting: 3, oldest_wait_ms: 90_000, dead: 1 },
  process: {
    version: '1.2.3',
    node: 'v24',
    profile: 'demo',
    database: 'sqlite',
    redis: false,
    started_at: '2026-11-22T11:00:00.000Z',
    resident_memory_bytes: 209_715_200,
  },
};

describe('SystemHealthPage', () => {
  const open = (report: unknown) =>
    renderPage(SystemHealthPage, {
      api: new FakeApi({ 'GET /v1/system/health': health, 'GET /v1/credits/integrity': report }),
      url: 'health',
      scope: 'platform',
      staff: true,
    });

  it('tells the truth about checks, jobs and the process', async () => {
    const { element } = await open({});
    expect(text(element)).toMatch(/queue\s*the oldest job has waited for 90 s/);
    expect(text(element)).toMatch(/1\.2\.3, Node v24.*SQLite, embedded.*Not configured: one process/);
    expect(text(element.querySelector('.tg-grid') ?? element)).toContain('200');
  });

  it.each([
    [true, [], 'Every invariant holds'],
    [
      false,
      [{ invariant: 'I2', subject: 'acc_1', expected: '5', found: '6', explanation: 'An entry was changed' }],
      'I2 acc_1: expected 5, found 6',
    ],
  ])('says what verifying the ledger found (ok: %s)', async (ok, findings, words) => {
    const report = {
      ok,
      accounts: 1,
      transactions: 2,
      entries: 4,
      invariants: [{ invariant: 'I2', statement: 'Balances add up', ok, findings: findings.length }],
      findings,
    };
    const { element, settle } = await open(report);
    press(element, 'Verify the ledger');
    await settle();
    expect(text(element)).toContain(words);
  });
});

describe('PlatformSettingsPage', () => {
  const stored = {
    announcement: null,
    message_retention_days: 90,
    request_log_retention_days: 30,
    usage_retention_days: 400,
    version: 3,
  };
  const open = async (answer: unknown, permissions?: ['settings:read']) => {
    const rendered = await renderPage(PlatformSettingsPage, {
      api: new FakeApi({ 'GET /v1/settings/platform': stored, 'PATCH /v1/settings/platform': answer }),
      url: 'settings',
      scope: 'platform',
      staff: true,
      ...(permissions === undefined ? {} : { permissions }),
    });
    await rendered.settle();
    return rendered;
  };
  const announce = async (element: Element, value: string, settle: () => Promise<void>) => {
    const input = element.querySelector('textarea');
    if (input === null) throw new Error('no field');
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    await settle();
  };

  it('sends what changed with the version that was read', async () => {
    const { api, element, settle } = await open({ ...stored, announcement: 'Gate', version: 4 });
    await announce(element, 'Gate', settle);
    press(element, 'Save');
    await settle();
    expect(api.callsOf('PATCH /v1/settings/platform')[0]?.body).toMatchObject({
      announcement: 'Gate',
      version: 3,
    });
  });

  it("keeps the input when somebody else's change came first", async () => {
    const { element, settle } = await open(problem(409, 'version_conflict', 'Somebody else changed this meanwhile'));
    await announce(element, 'Mine', settle);
    press(element, 'Save');
    await settle();
    expect(element.querySelector('textarea')?.value).toBe('Mine');
    expect(text(element)).toMatch(/somebody else|changed/i);
  });

  it('is there to read for those who may only read', async () => {
    const { element } = await open({}, ['settings:read']);
    expect(text(element)).toContain('settings:write');
    expect(element.querySelector('input')?.disabled).toBe(true);
  });
});
