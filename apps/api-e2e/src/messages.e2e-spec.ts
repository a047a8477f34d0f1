import { jest } from '@jest/globals';
import { FakeHttpProvider, FakeSendGrid, FakeTwilio } from '@tollgate/api/messaging/testing';
import { onBothEngines, until } from '@tollgate/api/testing';
import { Browser } from './harness/browser';
import { startDemo, type Demo } from './harness/demo';

// Starting the server, and seeding and signing in on two cores, takes longer than a unit test may.
jest.setTimeout(120_000);

interface Listed {
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

onBothEngines((engine) => {
  let demo: Demo;
  const twilio = new FakeTwilio();
  const other = new FakeHttpProvider();
  const sendgrid = new FakeSendGrid();
  let number = 0;
  let twilioId = '';
  let otherId = '';

  const start = async (to: string, more: Record<string, unknown> = {}) => {
    const channel = to.includes('@') ? 'email' : 'sms';
    return demo.keyed(demo.credentials.live_key).done('POST', '/v1/verifications', { to, channel, ...more });
  };
  const freshNumber = () => `+2782${String(7_000_000 + (number += 1))}`;
  const messageOf = async (verificationId: unknown) => {
    const list = (await demo.admin.done(
      'GET',
      `/v1/messages?source_id=${String(verificationId)}`,
    )) as unknown as Listed;
    return list.data[0] ?? {};
  };
  const statusOf = async (verificationId: unknown) => String((await messageOf(verificationId))['status']);
  const fromTwilio = async (to: string) => {
    await until(() => twilio.messages.some(({ fields }) => fields['To'] === to));
    const sms = twilio.messages.find(({ fields }) => fields['To'] === to);
    if (sms === undefined) throw new Error('it was not sent');
    return sms;
  };

  beforeAll(async () => {
    await Promise.all([twilio.start(), other.start(), sendgrid.start()]);
    demo = await startDemo({ engine, environment: { TOLLGATE_OUTBOUND_ALLOW: '127.0.0.1' } });
  });
  afterAll(async () => {
    await Promise.all([twilio.stop(), other.stop(), sendgrid.stop()]);
    await demo.server.close();
  });

  describe('while no provider is set up', () => {
    it('the organization’s admin reads the code in the outbox, and it works', async () => {
      const { id } = await start(freshNumber());
      await until(async () => (await statusOf(id)) === 'delivered');
      const message = await messageOf(id);
      expect(message).toMatchObject({ provider: 'outbox', channel: 'sms', template: 'verification' });
      const preview = await demo.admin.done('GET', `/v1/messages/${String(message['id'])}/preview`);
      expect(preview['code_shown']).toBe(true);
      const code = /\d{6}/.exec(String(preview['text']))?.[0];
      const checked = await demo
        .keyed(demo.credentials.live_key)
        .done('POST', `/v1/verifications/${String(id)}/check`, { code });
      expect(checked['valid']).toBe(true);
      expect((await demo.admin.done('GET', `/v1/messages/${String(message['id'])}/preview`))['code_shown']).toBe(false);
    });
  });

  describe('providers', () => {
    const twilioBody = () => ({
      kind: 'twilio',
      name: 'Twilio',
      enabled: true,
      priority: 10,
      settings: { account_sid: twilio.accountSid, senders: [{ from: '+15005550006' }], base_url: twilio.url },
      credentials: { auth_token: twilio.authToken },
    });

    it('are set up by super admins alone, and keep their credentials to themselves', async () => {
      expect((await demo.admin.call('POST', '/v1/providers', twilioBody())).code).toBe('permission_denied');
      expect((await demo.admin.call('GET', '/v1/providers')).code).toBe('permission_denied');
      expect((await demo.stranger.call('GET', '/v1/providers')).status).toBe(401);
      const refused = await demo.superAdmin.call('POST', '/v1/providers', {
        ...twilioBody(),
        settings: { account_sid: 'nonsense' },
      });
      expect(refused).toMatchObject({ status: 422, code: 'provider_settings_invalid' });
      const inside = { ...twilioBody(), settings: { ...twilioBody().settings, base_url: 'http://169.254.169.254' } };
      expect((await demo.superAdmin.call('POST', '/v1/providers', inside)).code).toBe('address_refused');
      const made = await demo.superAdmin.call('POST', '/v1/providers', twilioBody());
      expect(made.status).toBe(201);
      twilioId = String(made.body['id']);
      expect(JSON.stringify([made.body, await demo.superAdmin.done('GET', `/v1/providers/${twilioId}`)])).not.toContain(
        twilio.authToken,
      );
      otherId = String(
        (
          await demo.superAdmin.done('POST', '/v1/providers', {
            kind: 'http',
            name: 'Acme SMS',
            enabled: true,
            priority: 20,
            settings: {
              request: {
                method: 'POST',
                url: `${other.url}/send`,
                headers: { 'X-Api-Key': '{{secret.token|header}}', 'Content-Type': 'application/json' },
                body: '{"to":{{to.e164|json}},"otp":{{code|json}}}',
              },
              message_id: '$.data.id',
            },
            credentials: { token: 'secret-of-acme-sms-api' },
          })
        )['id'],
      );
      expect(otherId).toMatch(/^prv_/);
    });

    it('show the request of a test message without its secrets, and how they do', async () => {
      const shown = await demo.superAdmin.done('POST', `/v1/providers/${twilioId}/test-send`, {
        to: '+27825550000',
        dry_run: true,
      });
      expect(JSON.stringify(shown)).not.toContain(twilio.authToken);
      expect(shown['result']).toBeNull();
      expect((await demo.superAdmin.done('GET', `/v1/providers/${twilioId}/health`))['state']).toBe('idle');
    });
  });

  describe('a code message', () => {
    it('reaches the vendor, and its signed callbacks move it on and never back', async () => {
      const to = freshNumber();
      const { id } = await start(to);
      const sms = await fromTwilio(to);
      expect(sms.fields['StatusCallback']).toContain(`${demo.server.url}/hooks/twilio/`);
      expect((await twilio.callBack(sms, 'delivered')).status).toBe(204);
      expect((await twilio.callBack(sms, 'sent')).status).toBe(204);
      expect(await statusOf(id)).toBe('delivered');
      const path = `/v1/messages/${String((await messageOf(id))['id'])}`;
      const timeline = async () =>
        (await demo.admin.done('GET', path))['timeline'] as { attempts: { outcome: string }[] };
      // The callbacks came before the answer to the call was written down.
      await until(async () => (await timeline()).attempts[0]?.outcome !== 'started');
      expect(await timeline()).toMatchObject({
        attempts: [{ provider: 'twilio', outcome: 'accepted' }],
        callbacks: expect.arrayContaining([
          expect.objectContaining({ state: 'delivered', applied: true }),
          expect.objectContaining({ state: 'sent', applied: false }),
        ]) as unknown,
      });
    });

    it('believes no forged callback, and is not bothered by unknown messages', async () => {
      const to = freshNumber();
      const { id } = await start(to);
      const sms = await fromTwilio(to);
      await until(async () => (await statusOf(id)) === 'accepted');
      const forged = await twilio.callBack(sms, 'failed', { token: 'guessed' });
      expect(forged.status).toBe(403);
      expect(await forged.json()).toMatchObject({ code: 'signature_invalid' });
      const elsewhere = await twilio.callBack(sms, 'failed', { sendTo: `${demo.server.url}/hooks/twilio/guessed` });
      expect(elsewhere.status).toBe(404);
      const unknown = {
        sid: 'SM_unknown',
        fields: {
          ...sms.fields,
          StatusCallback: String(sms.fields['StatusCallback']).replace(/atm_.*/, 'atm_00000000000000000000000000'),
        },
      };
      expect((await twilio.callBack(unknown, 'failed')).status).toBe(204);
      expect(await statusOf(id)).toBe('accepted');
    });

    it('goes through the next provider with the same code when the first one is down, for one price', async () => {
      twilio.server.misbehaveAlways({ status: 503 });
      const to = freshNumber();
      const { id, credits } = await start(to);
      await until(async () => (await statusOf(id)) === 'accepted');
      twilio.server.misbehaveAlways(null);
      expect(await messageOf(id)).toMatchObject({ provider: 'http', attempts: 2 });
      const code = String(other.messages.find(({ body }) => body['to'] === to)?.body['otp']);
      const live = demo.keyed(demo.credentials.live_key);
      expect(await live.done('GET', `/v1/verifications/${String(id)}`)).toMatchObject({
        credits: { charged: (credits as { charged: number }).charged },
      });
      expect((await live.done('POST', `/v1/verifications/${String(id)}/check`, { code }))['valid']).toBe(true);
    });

    it('is refunded once when nobody takes it', async () => {
      const balance = async () => Number((await demo.admin.done('GET', '/v1/credits'))['available']);
      const before = await balance();
      twilio.server.misbehaveAlways({ status: 500 });
      other.server.misbehaveAlways({ status: 500 });
      const { id } = await start(freshNumber());
      await until(async () => (await statusOf(id)) === 'failed');
      twilio.server.misbehaveAlways(null);
      other.server.misbehaveAlways(null);
      await until(async () => (await balance()) === before);
      expect(await demo.keyed(demo.credentials.live_key).done('GET', `/v1/verifications/${String(id)}`)).toMatchObject({
        status: 'undeliverable',
        credits: { charged: 0 },
      });
      const { data } = await demo.admin.done('GET', '/v1/credits/entries?type=refund');
      const [refund] = data as { created_by: unknown }[];
      // Not the key's doing that happened to wake whoever found that nobody takes it.
      expect(refund?.created_by).toEqual({ kind: 'system', id: 'system:job', label: 'system' });
    });

    it('shows its code to nobody when a provider carried it, and its destination only to who may reveal it', async () => {
      const to = freshNumber();
      const { id } = await start(to);
      await fromTwilio(to);
      const message = String((await messageOf(id))['id']);
      expect(await demo.admin.done('GET', `/v1/messages/${message}/preview`)).toMatchObject({ code_shown: false });
      expect(
        await demo.admin.done('POST', `/v1/messages/${message}/reveal`, { reason: 'a question of the owner' }),
      ).toEqual({ to });
      expect((await demo.keyed(demo.credentials.live_key).call('GET', `/v1/messages/${message}`)).code).toBe(
        'permission_denied',
      );
    });
  });

  describe('mail', () => {
    it('goes through SendGrid, whose signed events are taken', async () => {
      const made = await demo.superAdmin.done('POST', '/v1/providers', {
        kind: 'sendgrid',
        name: 'SendGrid',
        enabled: true,
        settings: {
          from_email: 'no-reply@acme.example',
          base_url: sendgrid.url,
          webhook_public_key: sendgrid.webhookPublicKey,
        },
        credentials: { api_key: sendgrid.apiKey },
      });
      const { id } = await start('ann@example.com');
      await until(() => sendgrid.mails.length > 0);
      const [mail] = sendgrid.mails;
      if (mail === undefined) throw new Error('it was not sent');
      const { body, headers } = sendgrid.signedEvents([sendgrid.eventOf(mail, 'delivered')]);
      const post = (text: string) => fetch(String(made['callback_url']), { method: 'POST', headers, body: text });
      expect((await post(body.replace('delivered', 'bounce'))).status).toBe(403);
      expect((await post(body)).status).toBe(204);
      expect(await statusOf(id)).toBe('delivered');
    });

    it('brings the way back in to who forgot their password, and to nobody else', async () => {
      const email = 'forgetful@acme.example';
      /** The path of the newest link of this kind that was sent to them. */
      const linkIn = async (kind: 'invite' | 'reset'): Promise<string> => {
        const pattern = new RegExp(`${demo.server.url}(/${kind}/[A-Za-z0-9_-]{43})`);
        const found = () =>
          sendgrid.mails
            .filter(({ body }) => body.personalizations[0]?.to[0]?.email === email)
            .flatMap(({ body }) => pattern.exec(body.content[0]?.value ?? '')?.[1] ?? [])
            .at(-1);
        await until(() => found() !== undefined);
        return found() ?? '';
      };
      await demo.admin.done('POST', '/v1/team/invitations', { email, roles: ['viewer'] });
      const before = new Browser(demo.server);
      const joined = { name: 'Fay', password: 'amber lantern thicket' };
      expect((await before.fill(await linkIn('invite'), joined)).status).toBe(303);

      const after = new Browser(demo.server);
      const asked = await after.fill('/forgot', { identifier: email });
      const stranger = await after.fill('/forgot', { identifier: 'nobody@acme.example' });
      expect([asked.status, asked.text]).toEqual([stranger.status, stranger.text]);
      const link = await linkIn('reset');
      const staff = demo.superAdmin.in(demo.credentials.organization_id);
      const [newest] = ((await staff.done('GET', '/v1/messages?limit=1&channel=email')) as unknown as Listed).data;
      const shown = await staff.call('GET', `/v1/messages/${String(newest?.['id'])}/preview`);
      expect(newest?.['template']).toBe('password_reset');
      expect(JSON.stringify(shown)).not.toContain(link);

      const done = await after.fill(link, { password: 'quiet marble orchard' });
      expect([done.status, done.location]).toEqual([303, '/sign-in?notice=password_reset']);
      expect((await after.get(link)).status).toBe(410);
      expect((await before.api('GET', '/v1/session')).status).toBe(401);
      const old = await after.fill('/sign-in', { identifier: email, password: joined.password });
      const fresh = await after.fill('/sign-in', { identifier: email, password: 'quiet marble orchard' });
      expect([old.status, fresh.status]).toEqual([401, 303]);
      const audit = (await staff.done('GET', '/v1/audit?action=user.password_reset')) as unknown as Listed;
      expect(audit.data).toHaveLength(1);
    });
  });

  describe('templates', () => {
    it('are written by the organization’s admin, previewed, and used by the next message', async () => {
      const refused = await demo.admin.call('POST', '/v1/templates', {
        name: 'Bad',
        channel: 'sms',
        contents: { en: { text: 'no code' } },
      });
      expect(refused).toMatchObject({ status: 422, code: 'template_invalid' });
      const made = await demo.admin.done('POST', '/v1/templates', {
        name: 'Short',
        channel: 'sms',
        contents: { en: { text: '{{code}} opens {{application}}' } },
      });
      const preview = await demo.admin.done('POST', `/v1/templates/${String(made['id'])}/preview`, {
        web_domain: 'acme.example',
      });
      expect(preview).toMatchObject({ text: '123456 opens Acme\n@acme.example #123456', segments: 1 });
      const to = freshNumber();
      await start(to, { template: made['id'] });
      expect((await fromTwilio(to)).fields['Body']).toMatch(/^\d{6} opens /);
    });
  });
});
