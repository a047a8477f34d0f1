import type { TimelineEntry, VerificationDetail, VerificationView } from '@tollgate/contracts';
import { FakeApi, page, renderPage } from '@tollgate/console/platform/testing';
import { DataTableHarness } from '@tollgate/console/ui/testing';
import { timelineEvents } from './timeline-events';
import { VerificationsPage } from './verifications';

const at = '2026-11-22T11:00:00.000Z';
const view: VerificationView = {
  id: 'vrf_1',
  organization_id: 'org_1',
  application_id: 'app_1',
  status: 'approved',
  reason: null,
  channel: 'sms',
  to: '+2782***4567',
  factor_id: null,
  purpose: 'sign_in',
  country: 'ZA',
  locale: 'en',
  code_length: 6,
  created_at: at,
  expires_at: at,
  ended_at: at,
  resend_available_at: null,
  checks_remaining: 4,
  sends: [{ id: 'msg_1', channel: 'sms', state: 'delivered', provider: 'twilio', queued_at: at }],
  credits: { charged: 6000, held: 0 },
  user_ref: null,
  metadata: { order: '17' },
  test: false,
};
const message = { at, message_id: 'msg_1' };
const timeline: TimelineEntry[] = [
  {
    kind: 'requested',
    at,
    request_id: 'req_1',
    api_key_id: 'key_1',
    client_ip: '203.0.113.7',
    user_ref: 'u1',
    user_agent: null,
  },
  {
    kind: 'guard',
    at,
    outcome: 'would_block',
    reasons: [{ rule: 'prefix_velocity', explanation: 'Many starts to one prefix', observed: 12, allowed: 10 }],
  },
  { kind: 'send', ...message, channel: 'sms', to: '+2782***4567', trigger: 'start', state: 'delivered' },
  { kind: 'attempt', ...message, provider: 'fast2sms', state: 'failed', error_class: 'failover', error_code: '416' },
  { kind: 'delivered', ...message, provider: 'twilio' },
  { kind: 'step_skipped', at, channel: 'email', code: 'insufficient_credits' },
  { kind: 'check', at, id: 'chk_1', outcome: 'wrong_code', counted: true, request_id: null },
  { kind: 'check', at, id: 'chk_2', outcome: 'approved', counted: true, request_id: null },
  { kind: 'credits', at, act: 'charge', operation: 'send.sms', amount: 5000, message_id: 'msg_1' },
  { kind: 'credits', at, act: 'capture', operation: 'verification.check', amount: 1000, message_id: null },
  { kind: 'ended', at, status: 'approved', reason: null },
];
const detail: VerificationDetail = { ...view, timeline };

describe('VerificationsPage', () => {
  const open = (permissions?: ['verifications:read']) =>
    renderPage(VerificationsPage, {
      api: new FakeApi({
        'GET /v1/verifications': page([view]),
        'GET /v1/verifications/:id': detail,
        'POST /v1/verifications/:id/reveal-destination': { to: '+27821234567' },
      }),
      url: 'verifications?open=vrf_1&f.status=approved',
      path: 'verifications',
      ...(permissions === undefined ? {} : { permissions }),
    });

  it('lists what the address asks for', async () => {
    const { api, loader } = await open();
    expect(api.callsOf('GET /v1/verifications')[0]?.query).toMatchObject({ status: 'approved', sort: '-created_at' });
    const [row] = await (await loader.getHarness(DataTableHarness)).rows();
    expect(row?.slice(1)).toEqual(['Approved', 'SMS', '+2782***4567', 'ZA', 'sign_in', '1', 'twilio', '6']);
  });

  it('tells the whole story beside the list', async () => {
    const { element, settle } = await open();
    await settle();
    const story = element.querySelector('tg-timeline')?.textContent ?? '';
    for (const words of [
      'Would have been blocked',
      '12 of 10',
      'Tried fast2sms',
      'Delivered',
      'Wrong code',
      'Right code',
      'Charged: 5 credits',
    ]) {
      expect(story).toContain(words);
    }
  });

  it('reveals a destination only on demand, and only to those who may', async () => {
    const { api, element, settle } = await open();
    await settle();
    expect(api.callsOf('POST /v1/verifications/:id/reveal-destination')).toHaveLength(0);
    element.querySelector<HTMLButtonElement>('tg-masked button')?.click();
    await settle();
    expect(element.querySelector('tg-side-sheet tg-masked')?.textContent).toContain('+27821234567');
  });

  it('offers no reveal without the permission', async () => {
    const { element, settle } = await open(['verifications:read']);
    await settle();
    expect(element.querySelector('tg-side-sheet tg-masked button')).toBeNull();
  });
});

describe('timelineEvents', () => {
  it('has words for every kind of entry', () => {
    const events = timelineEvents(timeline);
    expect(events.map((event) => event.title)).toEqual([
      'Requested',
      'Would have been blocked',
      'Message queued: SMS',
      'Tried fast2sms',
      'Delivered',
      'Fallback to e-mail skipped',
      'Wrong code',
      'Right code',
      'Charged: 5 credits',
      'Check charged: 1 credit',
      'Ended: approved',
    ]);
  });
});
