import { onBothEngines } from '@tollgate/api/testing';
import { FakeSmtp, FakeTwilio, messagingSlice, pointedAt, staff, type MessagingSlice } from '../../testing/index';
import { EMBEDDED_OUTBOX_ID } from '../domain/embedded-outbox';
import { CreateProvider } from './create-provider';
import { DeleteProvider } from './delete-provider';
import { ReadProviderHealth } from './read-provider-health';
import { ReadProviders } from './read-providers';
import { TestSendProvider } from './test-send-provider';
import { UpdateProvider } from './update-provider';

onBothEngines((engine) => {
  let slice: MessagingSlice;
  const twilio = new FakeTwilio();
  const smtp = new FakeSmtp();
  const superAdmin = staff('super_admin');
  const auditRows = () =>
    slice.database.query<{ action: string }>(`SELECT * FROM audit_event WHERE action LIKE 'provider.%' ORDER BY id`);

  beforeAll(async () => {
    await Promise.all([twilio.start(), smtp.start()]);
    slice = await messagingSlice(engine);
  });
  afterAll(async () => {
    await slice.close();
    await Promise.all([twilio.stop(), smtp.stop()]);
  });
  beforeEach(async () => {
    twilio.reset();
    await slice.fresh();
  });

  it('keeps credentials sealed and never gives them back', async () => {
    const stored = await slice.get(CreateProvider).execute(pointedAt.twilio(twilio));
    const view = slice.get(ReadProviders).view(stored, superAdmin);
    expect(view.credentials).toEqual([
      { name: 'auth_token', hint: `••••${twilio.authToken.slice(-4)}`, set_at: expect.any(String) as string },
    ]);
    expect(
      JSON.stringify([
        view,
        stored,
        await auditRows(),
        await slice.database.query('SELECT * FROM provider_credential'),
      ]),
    ).not.toContain(twilio.authToken);
  });

  it('shows the address of callbacks only to who may change providers', async () => {
    const id = await slice.provider(pointedAt.twilio(twilio));
    const read = slice.get(ReadProviders);
    expect((await read.one(id, superAdmin)).callback_url).toMatch(/^https:\/\/id\.example\/hooks\/twilio\/[\w-]{32}$/);
    expect((await read.one(id, staff('auditor'))).callback_url).toBeNull();
  });

  it('lists them by priority with the outbox, and by filters', async () => {
    await slice.provider(pointedAt.twilio(twilio, { priority: 50 }));
    await slice.provider(pointedAt.smtp(smtp, { priority: 10, enabled: false }));
    const list = async (query: Parameters<ReadProviders['page']>[0]) =>
      (await slice.get(ReadProviders).page(query, superAdmin)).data.map(({ kind }) => kind);
    expect(await list({})).toEqual(['smtp', 'twilio', 'outbox']);
    expect(await list({ channel: 'email' })).toEqual(['smtp', 'outbox']);
    expect(await list({ enabled: 'true', sort: '-priority' })).toEqual(['outbox', 'twilio']);
    expect(await list({ kind: 'smtp' })).toEqual(['smtp']);
  });

  it.each([
    ['a wrong account', { settings: { account_sid: 'AC1', senders: [] } }, 'settings.account_sid'],
    ['an unknown setting', { settings: { account_sid: `AC${'a'.repeat(32)}`, senders: [], proxy: 'x' } }, 'settings'],
    ['a missing credential', { credentials: {} }, 'credentials.auth_token'],
    ['no sender', { settings: { account_sid: `AC${'a'.repeat(32)}`, senders: [] } }, 'settings.senders'],
    ['an unknown credential', { credentials: { auth_token: 'x', password: 'y' } }, 'credentials.password'],
    ['a line end in a credential', { credentials: { auth_token: 'x\r\nX-Evil: 1' } }, 'credentials.auth_token'],
    ['a channel it does not carry', { channels: ['email' as const] }, 'channels'],
  ])('refuses %s', async (_what, change, path) => {
    const attempt = slice.get(CreateProvider).execute({ ...pointedAt.twilio(twilio), ...change });
    await expect(attempt).rejects.toMatchObject({ code: 'provider_settings_invalid' });
    const issues = await attempt.catch((error: { details: { issues: { path: string }[] } }) =>
      error.details.issues.map((issue) => issue.path),
    );
    expect(issues).toContain(path);
  });

  it('may be saved incomplete, and not switched on like that', async () => {
    const id = await slice.provider(pointedAt.twilio(twilio, { enabled: false, credentials: {} }));
    await expect(slice.get(UpdateProvider).execute(id, { enabled: true })).rejects.toMatchObject({
      code: 'provider_settings_invalid',
    });
    await slice.get(UpdateProvider).execute(id, { enabled: true, credentials: { auth_token: twilio.authToken } });
    await expect(slice.get(UpdateProvider).execute(id, { credentials: { auth_token: null } })).rejects.toMatchObject({
      code: 'provider_settings_invalid',
    });
  });

  it('may not call an address inside', async () => {
    const inside = {
      account_sid: twilio.accountSid,
      senders: [{ from: '+15005550006' }],
      base_url: 'http://169.254.169.254/latest',
    };
    await expect(
      slice.get(CreateProvider).execute(pointedAt.twilio(twilio, { settings: inside })),
    ).rejects.toMatchObject({ code: 'address_refused' });
  });

  it('takes over in all processes, and writes down what was changed without the secrets', async () => {
    const id = await slice.provider(pointedAt.twilio(twilio));
    await slice
      .get(UpdateProvider)
      .execute(id, { name: 'Twilio EU', priority: 7, credentials: { auth_token: 'another-secret-token' } });
    expect(await slice.get(ReadProviders).one(id, superAdmin)).toMatchObject({ name: 'Twilio EU', priority: 7 });
    const rows = JSON.stringify(await auditRows());
    expect(rows).toContain('provider.created');
    expect(rows).toContain('provider.updated');
    expect(rows).toContain('credentials.auth_token');
    expect(rows).not.toContain('another-secret-token');
  });

  it('is removed only when it is switched off and nobody sends through it', async () => {
    const smtpId = await slice.provider(pointedAt.smtp(smtp));
    const rider = await slice.provider({
      kind: 'carrier_email',
      name: 'Carriers',
      settings: { via_provider_id: smtpId, default_carrier: 'google_fi' },
    });
    const remove = (id: string) => slice.get(DeleteProvider).execute(id);
    await expect(remove(smtpId)).rejects.toMatchObject({ code: 'provider_in_use' });
    await slice.get(UpdateProvider).execute(smtpId, { enabled: false });
    await expect(remove(smtpId)).rejects.toMatchObject({ code: 'provider_in_use' });
    await remove(rider);
    await remove(smtpId);
    await expect(slice.get(ReadProviders).one(smtpId, superAdmin)).rejects.toMatchObject({ code: 'not_found' });
    expect(await slice.database.query('SELECT name FROM provider_credential')).toEqual([]);
    await expect(remove(EMBEDDED_OUTBOX_ID)).rejects.toMatchObject({ code: 'provider_in_use' });
    await expect(
      slice.get(CreateProvider).execute({ kind: 'outbox', name: 'Second', settings: {} }),
    ).rejects.toMatchObject({ code: 'provider_settings_invalid' });
  });

  it('sends SMS by mail through another provider', async () => {
    smtp.received.length = 0;
    const via = await slice.provider(pointedAt.smtp(smtp));
    await slice.provider({
      kind: 'carrier_email',
      name: 'Carriers',
      enabled: true,
      settings: { via_provider_id: via, default_carrier: 'google_fi' },
    });
    await slice.queue({ to: '+14155550123', country: 'US' });
    await slice.deliver();
    expect(smtp.received.map(({ to }) => to)).toEqual([['4155550123@msg.fi.google.com']]);
    expect(slice.owner.states).toEqual(['accepted']);
  });

  it('shows the request of a test message with secrets and code masked, and sends it unless told not to', async () => {
    const id = await slice.provider(pointedAt.twilio(twilio, { enabled: false }));
    const dry = await slice.get(TestSendProvider).execute(id, { to: '+27829998877', dry_run: true });
    expect(dry.result).toBeNull();
    expect(twilio.server.received).toEqual([]);
    expect(dry.request.body).toContain('To=%2B27829998877');
    expect(JSON.stringify(dry)).not.toContain(twilio.authToken);
    const sent = await slice.get(TestSendProvider).execute(id, { to: '+27829998877' });
    expect(sent.result).toMatchObject({ outcome: 'accepted', provider_message_id: twilio.messages[0]?.sid });
    expect(twilio.messages[0]?.fields['Body']).toContain('123456 is your');
    expect(sent.request.body).not.toContain('123456');
    const failed = await slice.get(TestSendProvider).execute(id, { to: '+15005550004' });
    expect(failed.result).toMatchObject({
      outcome: 'refused',
      error_class: 'permanent_destination',
      error_code: '21610',
    });
    await expect(slice.get(TestSendProvider).execute(id, { to: 'ann@example.com' })).rejects.toMatchObject({
      code: 'invalid_destination',
    });
  });

  it('tells how it does, from its calls', async () => {
    const id = await slice.provider(pointedAt.twilio(twilio));
    const health = () => slice.get(ReadProviderHealth).execute(id);
    expect(await health()).toMatchObject({ state: 'idle', circuits: [] });
    for (let i = 0; i < 3; i += 1) await slice.queue();
    await slice.deliver();
    expect(await health()).toMatchObject({
      state: 'healthy',
      windows: [{ minutes: 5, attempts: 3, accepted: 3, success_rate: 1 }, {}, {}],
    });
    twilio.server.misbehaveAlways({ status: 401, body: '{"code":20003}' });
    await slice.queue();
    await slice.deliver();
    expect(await health()).toMatchObject({
      state: 'degraded',
      circuits: [{ country: 'ZA', state: 'open', reason: '20003' }],
      last_error: { error_class: 'permanent_config', error_code: '20003' },
    });
    await slice.get(UpdateProvider).execute(id, { enabled: false });
    expect((await health()).state).toBe('disabled');
  });
});

describe('in production', () => {
  const fake = new FakeTwilio();
  const slices: MessagingSlice[] = [];
  const boot = async (environment: Record<string, string> = {}) => {
    const slice = await messagingSlice('sqlite', { environment: { TOLLGATE_PROFILE: 'production', ...environment } });
    slices.push(slice);
    return slice;
  };
  beforeAll(() => fake.start());
  afterAll(async () => {
    for (const slice of slices) await slice.close();
    await fake.stop();
  });

  it('points nowhere but at the vendor, and lets no live key into the outbox', async () => {
    const slice = await boot();
    await expect(slice.provider(pointedAt.twilio(fake))).rejects.toMatchObject({ code: 'provider_settings_invalid' });
    await expect(slice.queue()).rejects.toMatchObject({ code: 'channel_unavailable' });
    const mail = { applicationId: null, channel: 'email', to: 'ann@example.com', country: null } as const;
    await expect(slice.queue(mail)).resolves.toMatch(/^msg_/);
  });

  it('does both where the operator allows it', async () => {
    const slice = await boot({ TOLLGATE_PROVIDER_BASE_URLS: 'allow', TOLLGATE_OUTBOX_FOR_LIVE_KEYS: 'true' });
    await expect(slice.queue()).resolves.toMatch(/^msg_/);
    await expect(slice.provider(pointedAt.twilio(fake))).resolves.toMatch(/^prv_/);
  });
});
