import type { AuditEventView } from '@tollgate/contracts';
import { FakeApi, page, problem, renderPage } from '@tollgate/console/platform/testing';
import { DataTableHarness, EmptyStateHarness } from '@tollgate/console/ui/testing';
import { AuditLogPage } from './audit-log';
import { ExportsPage } from './exports';
import { RequestLogPage } from './request-log';
import { UsageLogPage } from './usage-log';

const usageRow = {
  id: 'act_1',
  at: '2026-11-22T11:00:00.000Z',
  organization_id: 'org_1',
  application_id: 'app_1',
  action: 'authentication',
  channel: 'mobile',
  result: 'unused',
  requests: 1,
  credits: 5000,
  verification_id: 'vrf_1',
};

describe('UsageLogPage', () => {
  it('shows the columns of the log in its own words', async () => {
    const api = new FakeApi({ 'GET /v1/usage': page([usageRow]) });
    const { loader } = await renderPage(UsageLogPage, { api, url: 'usage' });
    const table = await loader.getHarness(DataTableHarness);
    expect(await table.headers()).toEqual(['When', 'App ID', 'Action', 'Channel', 'Result', 'Requests', 'Credits']);
    const [row] = await table.rows();
    expect(row?.slice(2)).toEqual(['Authentication', 'Mobile', 'Unused', '1', '5']);
  });

  it('names the organization of each row where the list spans all', async () => {
    const api = new FakeApi({
      'GET /v1/usage': page([usageRow, { ...usageRow, id: 'usg_2', organization_id: 'org_2' }]),
      'GET /v1/organizations': page([{ id: 'org_1', name: 'Acme' }]),
    });
    const { loader } = await renderPage(UsageLogPage, { api, url: 'usage', scope: 'platform', staff: true });
    const table = await loader.getHarness(DataTableHarness);
    expect((await table.headers())[1]).toBe('Organization');
    // One that is not among those named is shown by its id.
    expect((await table.rows()).map((row) => row[1])).toEqual(['Acme', 'org_2']);
  });

  it('asks for what the address says', async () => {
    const { api } = await renderPage(UsageLogPage, {
      api: new FakeApi({ 'GET /v1/usage': page([]) }),
      url: 'usage?f.result=failed&f.channel=sms',
      path: 'usage',
    });
    expect(api.callsOf('GET /v1/usage')[0]?.query).toMatchObject({ result: 'failed', channel: 'sms', limit: '50' });
  });

  it('says what an empty log means', async () => {
    const { loader } = await renderPage(UsageLogPage, {
      api: new FakeApi({ 'GET /v1/usage': page([]) }),
      url: 'usage',
    });
    expect(await (await loader.getHarness(EmptyStateHarness)).title()).toBe('Nothing was metered yet');
  });
});

describe('RequestLogPage', () => {
  const row = {
    id: 'req_1',
    at: '2026-11-22T11:00:00.000Z',
    organization_id: 'org_1',
    application_id: null,
    event: 'verifications.start',
    method: 'POST',
    endpoint: '/v1/verifications',
    status: 429,
    error_code: 'quota_exceeded',
    ip_address: '203.0.113.7',
    user: 'First live key',
    duration_ms: 3.2,
  };
  const detail = {
    ...row,
    request_id: 'req_abc',
    forwarded_for: null,
    remote_address: '10.0.0.1',
    user_agent: 'curl',
    principal_id: 'key_1',
    idempotency_replayed: false,
  };

  it('opens a request beside the list, with its three addresses and why it was refused', async () => {
    const api = new FakeApi({ 'GET /v1/requests': page([row]), 'GET /v1/requests/:id': detail });
    const { element, settle } = await renderPage(RequestLogPage, { api, url: 'requests?open=req_1', path: 'requests' });
    await settle();
    const sheet = element.querySelector('tg-side-sheet')?.textContent ?? '';
    expect(sheet).toContain('10.0.0.1');
    expect(sheet).toContain('Why was this refused?');
  });

  it('keeps the list when the detail fails', async () => {
    const api = new FakeApi({
      'GET /v1/requests': page([row]),
      'GET /v1/requests/:id': problem(503, 'unavailable', 'Try again shortly'),
    });
    const { element, loader, settle } = await renderPage(RequestLogPage, {
      api,
      url: 'requests?open=req_1',
      path: 'requests',
    });
    await settle();
    expect(element.querySelector('tg-side-sheet')?.textContent).toContain('Try again shortly');
    expect(await (await loader.getHarness(DataTableHarness)).rows()).toHaveLength(1);
  });
});

describe('AuditLogPage', () => {
  const event: AuditEventView = {
    id: 'aud_1',
    organization_id: 'org_1',
    at: '2026-11-22T11:00:00.000Z',
    actor: { kind: 'session', id: 'ses_1', label: 'ada@example.com' },
    action: 'application.updated',
    outcome: 'success',
    target: { type: 'application', id: 'app_1', label: 'Web shop' },
    changes: [{ field: 'name', before: 'Shop', after: 'Web shop' }],
    reason: null,
    request_id: 'req_1',
    addresses: { effective: '203.0.113.7', forwarded: null, remote: '203.0.113.7' },
    user_agent: null,
    seal: { seq: 7, previous_hash: 'a'.repeat(64), hash: 'b'.repeat(64), sealed_at: '2026-11-22T11:00:01.000Z' },
  };
  const press = (element: HTMLElement, words: string) =>
    [...element.querySelectorAll('button')].find((button) => button.textContent.includes(words))?.click();

  it('shows what changed, before and after', async () => {
    const api = new FakeApi({ 'GET /v1/audit': page([event]), 'GET /v1/audit/:id': event });
    const { element, settle } = await renderPage(AuditLogPage, { api, url: 'audit?open=aud_1', path: 'audit' });
    await settle();
    expect(element.querySelector('tg-diff')?.textContent).toMatch(/name.*Shop.*Web shop/s);
  });

  it.each([
    [{ ok: true, chains: [] }, 'The chain holds: 12 events'],
    [
      { ok: false, chains: [{ faults: [{ detail: 'row 7 was changed' }] }] },
      'The chain is broken: 1 faults. First: row 7 was changed',
    ],
  ])('says what verifying found', async (found, words) => {
    const report = { verified_at: '2026-11-22T12:00:00.000Z', chains_total: 1, events_total: 12, ...found };
    const api = new FakeApi({ 'GET /v1/audit': page([event]), 'POST /v1/audit/verify': report });
    const { element, settle } = await renderPage(AuditLogPage, { api, url: 'audit' });
    press(element, 'Verify the chain');
    await settle();
    expect(element.querySelector('tg-banner')?.textContent).toContain(words);
  });

  it('does not verify for those who may only read', async () => {
    const api = new FakeApi({ 'GET /v1/audit': page([event]) });
    const { element, settle } = await renderPage(AuditLogPage, { api, url: 'audit', permissions: ['audit:read'] });
    press(element, 'Verify the chain');
    await settle();
    expect(api.callsOf('POST /v1/audit/verify')).toHaveLength(0);
  });
});

describe('ExportsPage', () => {
  it('links a file once it is written', async () => {
    const view = {
      id: 'exp_1',
      list: 'usage',
      format: 'csv',
      status: 'done',
      rows: 3,
      total: 3,
      size_bytes: 90,
      created_at: '2026-11-22T11:00:00.000Z',
      finished_at: null,
      expires_at: '2026-11-23T11:00:00.000Z',
    };
    const api = new FakeApi({ 'GET /v1/exports': page([view, { ...view, id: 'exp_2', status: 'running' }]) });
    const { element } = await renderPage(ExportsPage, { api, url: 'exports' });
    expect([...element.querySelectorAll('a[download]')].map((link) => link.getAttribute('href'))).toEqual([
      '/v1/exports/exp_1/file',
    ]);
  });
});
