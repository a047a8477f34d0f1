import { OrganizationDirectory } from '@tollgate/api/organizations';
import { MessageOwners, StaffMail } from '../../index';
import { onBothEngines } from '@tollgate/api/testing';
import { FakeTwilio, member, messagingSlice, pointedAt, staff, type MessagingSlice } from '../../testing/index';
import { MessageOutbox } from '../persistence/message-outbox';
import { ForgetMessages } from './forget-messages';
import { PreviewMessage } from './preview-message';
import { ReadMessages } from './read-messages';
import { ResendMessage } from './resend-message';
import { RevealDestination } from './reveal-destination';

const DAY_MS = 86_400_000;

onBothEngines((engine) => {
  let slice: MessagingSlice;
  const twilio = new FakeTwilio();
  const as = (role: 'owner' | 'developer' | 'viewer') => member(slice.organizationId, role);
  const stranger = member('org_00000000000000000000000000', 'owner');
  const list = async (query: Parameters<ReadMessages['page']>[0] = {}, caller = as('viewer')) =>
    slice.get(ReadMessages).page(query, caller);
  const audited = async (action: string) =>
    slice.database.query(`SELECT id FROM audit_event WHERE action = ?`, [action]);

  beforeAll(async () => {
    await twilio.start();
    slice = await messagingSlice(engine);
    slice.get(MessageOwners).register('resendable', {
      secret: () => Promise.resolve({ code: '111111' }),
      onSends: () => Promise.resolve(),
      resend: (_source, { channel }) => slice.queue({ channel }).then((messageId) => ({ messageId })),
    });
    slice.get(MessageOwners).register('guarded', {
      secret: () => Promise.resolve({ code: '222222' }),
      onSends: () => Promise.resolve(),
      mayShow: (_source, caller) => Promise.resolve(caller.roles.includes('owner')),
    });
  });
  afterAll(async () => {
    await slice.close();
    await twilio.stop();
  });
  beforeEach(async () => {
    twilio.reset();
    await slice.fresh();
  });

  it('are listed newest first, with masked destinations and no code', async () => {
    await slice.queue({ to: '+27821234567' });
    slice.clock.advance(1);
    await slice.queue({ channel: 'email', to: 'ann.smith@example.com', country: null });
    await slice.deliver();
    const { data } = await list();
    expect(data).toMatchObject([
      {
        channel: 'email',
        to: 'a***@example.com',
        subject: 'Your Acme code',
        status: 'delivered',
        provider: 'outbox',
        organization: expect.any(String) as string,
      },
      { channel: 'sms', to: '+2782***4567', subject: null, segments: 1 },
    ]);
    expect(JSON.stringify(data)).not.toMatch(/482913|27821234567|ann\.smith/);
  });

  it('are found by the exact destination, by state, source and time, and by page', async () => {
    await slice.queue({ to: '+27821234567', source: { type: 'spec', id: 'vrf_00000000000000000000000042' } });
    slice.clock.advance(60_000);
    const after = new Date(slice.clock.now()).toISOString();
    for (let i = 0; i < 4; i += 1) await slice.queue();
    await slice.queue({ test: true });
    expect((await list({ to: '+27 82 123-4567' })).data).toHaveLength(1);
    expect((await list({ to: '+27821234568' })).data).toEqual([]);
    expect((await list({ source_id: 'vrf_00000000000000000000000042' })).data).toHaveLength(1);
    expect((await list({ from: after })).data).toHaveLength(4);
    expect((await list({ until: after })).data).toHaveLength(1);
    expect((await list({ test: 'true' })).data).toHaveLength(1);
    expect((await list({ status: 'delivered' })).data).toEqual([]);
    const first = await list({ limit: 3 });
    const second = await list({ limit: 3, cursor: first.next_cursor ?? '' });
    expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(5);
    expect(first.total_estimate).toBe(5);
  });

  it('are nobody else’s, and all of them the platform’s', async () => {
    const id = await slice.queue();
    await expect(slice.get(ReadMessages).one(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(slice.get(PreviewMessage).execute(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(slice.get(RevealDestination).execute(id, undefined, stranger)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(slice.get(ResendMessage).execute(id, stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect((await list({}, stranger)).data).toEqual([]);
    expect((await list({}, staff('support'))).data).toHaveLength(1);
    expect((await list({}, staff('support', 'org_00000000000000000000000000'))).data).toEqual([]);
  });

  it('show their attempts', async () => {
    await slice.provider(pointedAt.twilio(twilio));
    const id = await slice.queue();
    await slice.deliver();
    expect(await slice.get(ReadMessages).one(id, as('viewer'))).toMatchObject({
      status: 'accepted',
      provider_message_id: twilio.messages[0]?.sid,
      timeline: { attempts: [{ number: 1, provider: 'twilio', outcome: 'accepted' }], callbacks: [] },
    });
  });

  it('are previewed without their code when a provider carried them', async () => {
    await slice.provider(pointedAt.twilio(twilio));
    const id = await slice.queue({ webDomain: 'acme.example' });
    await slice.deliver();
    const preview = await slice.get(PreviewMessage).execute(id, as('owner'));
    expect(preview).toMatchObject({ code_shown: false });
    expect(preview.text).toContain('•••••• is your Acme code');
    expect(await audited('message.code_shown')).toEqual([]);
  });

  it('show the code of the outbox to who may send, audited when it is live, while it is valid', async () => {
    const live = await slice.queue();
    const test = await slice.queue({ test: true });
    await slice.deliver();
    const preview = slice.get(PreviewMessage);
    expect(await preview.execute(live, as('viewer'))).toMatchObject({ code_shown: false });
    expect(await preview.execute(live, staff('support', slice.organizationId))).toMatchObject({ code_shown: false });
    expect((await preview.execute(test, as('developer'))).text).toContain('482913');
    expect(await audited('message.code_shown')).toEqual([]);
    expect((await preview.execute(live, as('developer'))).text).toContain('482913');
    expect(await audited('message.code_shown')).toHaveLength(1);
    slice.owner.code = null;
    expect(await preview.execute(live, as('owner'))).toMatchObject({ code_shown: false });
  });

  it('show a secret that gives more than a code only to whom its owner allows', async () => {
    const id = await slice.queue({ source: { type: 'guarded', id: 'vrf_00000000000000000000000007' } });
    await slice.deliver();
    const preview = slice.get(PreviewMessage);
    expect(await preview.execute(id, as('developer'))).toMatchObject({ code_shown: false });
    expect(await preview.execute(id, as('owner'))).toMatchObject({ code_shown: true });
  });

  it('reveal their destination with an audit row that does not hold it', async () => {
    const id = await slice.queue({ to: '+27821234567' });
    expect(await slice.get(RevealDestination).execute(id, 'customer asks', as('owner'))).toEqual({
      to: '+27821234567',
    });
    const rows = JSON.stringify(
      await slice.database.query(`SELECT * FROM audit_event WHERE action = 'destination.revealed'`),
    );
    expect(rows).toContain('customer asks');
    expect(rows).not.toContain('27821234567');
  });

  it('are sent again by their owner’s rules, as a copy when they are nobody’s, or not at all', async () => {
    const resend = (id: string) => slice.get(ResendMessage).execute(id, as('owner'));
    const plain = await slice.queue();
    await expect(resend(plain)).rejects.toMatchObject({ code: 'message_not_resendable' });
    const owned = await slice.queue({ source: { type: 'resendable', id: 'vrf_00000000000000000000000001' } });
    const { message_id: again } = await resend(owned);
    expect(again).not.toBe(owned);
    await slice.get(StaffMail).queue({
      organizationId: slice.organizationId,
      to: 'ann@acme.example',
      template: 'low_balance',
      variables: { balance: '1' },
    });
    const [mail] = (await list({ channel: 'email' })).data;
    await expect(resend(mail?.id ?? '')).rejects.toMatchObject({ code: 'message_not_resendable' });
    await slice.database.execute(`UPDATE message SET state = 'failed', due_at = NULL WHERE id = ?`, [mail?.id ?? '']);
    await resend(mail?.id ?? '');
    await slice.deliver();
    expect((await list({ channel: 'email' })).data.map(({ status }) => status).sort()).toEqual(['delivered', 'failed']);
    expect(await audited('message.resent')).toHaveLength(2);
  });

  it('forget their destinations, and then themselves, after the days of their organization', async () => {
    const { settings } = await slice.get(OrganizationDirectory).get(slice.organizationId);
    const old = await slice.queue({ to: '+27821234567', variables: { name: 'Ann' } });
    await slice.deliver();
    slice.clock.advance((settings.destinationRetentionDays - 1) * DAY_MS);
    await slice.get(ForgetMessages).execute();
    expect((await slice.get(MessageOutbox).find(old))?.destinationSealed).not.toBeNull();
    slice.clock.advance(2 * DAY_MS);
    const young = await slice.queue();
    if (settings.messageRetentionDays > settings.destinationRetentionDays + 1) {
      await slice.runSchedule('messaging.retention');
      expect(await slice.get(MessageOutbox).find(old)).toMatchObject({
        destinationSealed: null,
        destinationHash: null,
        variables: {},
      });
    }
    slice.clock.advance(settings.messageRetentionDays * DAY_MS);
    await slice.queue();
    await slice.deliver();
    await slice.get(ForgetMessages).execute();
    expect(await slice.get(MessageOutbox).find(old)).toBeNull();
    expect(await slice.database.query('SELECT id FROM message_attempt WHERE message_id = ?', [old])).toEqual([]);
    expect(young).not.toBe(old);
  });

  it('of staff go to the outbox until there is a mail provider', async () => {
    await slice.get(StaffMail).queue({
      organizationId: slice.organizationId,
      to: 'ann@acme.example',
      template: 'provider_down',
      variables: {
        provider: 'Twilio',
        country: 'ZA',
        reason: 'http_503',
        since: 'now',
        url: 'https://id.example/platform',
      },
    });
    await slice.deliver();
    const [mail] = (await list()).data;
    const shown = await slice.get(PreviewMessage).execute(mail?.id ?? '', as('owner'));
    expect(shown.subject).toBe('Delivery provider Twilio is failing');
    expect(shown.text).toContain('https://id.example/platform');
    expect(shown.code_shown).toBe(false);
  });
});
