import { jest } from '@jest/globals';
import { AuthModule } from '../auth.module';
import { FirstRun } from './first-run';
import { SeedDemoPeople } from './seed-demo-people';
import { PASSWORD } from '../../testing/a-session';
import { SentMail } from '../../testing/sent-mail';
import { serveAuth, type Served } from '../../testing/served';
import type { CookieJar } from '../../testing/cookie-jar';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines } from '@tollgate/api/testing';
import { UserDirectory } from '@tollgate/api/users';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { NO_BROWSER } from '../sessions/browser';
import { SignIn } from '../sign-in/sign-in';

jest.setTimeout(60_000);

onBothEngines((engine) => {
  describe('the first run', () => {
    let served: Served;
    let browser: CookieJar;
    beforeAll(async () => {
      served = await serveAuth(engine);
    });
    afterAll(() => served.close());
    beforeEach(async () => {
      for (const table of ['setup', 'user', 'role_grant', 'lockout', 'application']) {
        await served.database.execute(`DELETE FROM ${table}`);
      }
      await served.database.execute("DELETE FROM organization WHERE name = 'Acme'");
      browser = served.browser();
    });

    const token = async (): Promise<string> => (await served.get(FirstRun).setupToken()) ?? '';
    const administrator = { name: 'Sam Super', email: 'Sam@Example.com', password: PASSWORD };
    const toSteps = async (): Promise<void> => {
      await browser.fill('/setup', { token: await token() });
      const made = await browser.fill('/setup/administrator', administrator);
      expect([made.status, made.location]).toEqual([303, '/setup/address']);
    };

    it('goes from the token to a first test key, and closes behind itself', async () => {
      const begun = await browser.fill('/setup', { token: ` ${await token()}\n` });
      expect([begun.status, begun.location]).toEqual([303, '/setup/administrator']);
      const made = await browser.fill('/setup/administrator', administrator);
      expect([made.status, made.location]).toEqual([303, '/setup/address']);
      expect((await browser.api('GET', '/v1/session')).json()).toMatchObject({
        user: { email: 'sam@example.com' },
        roles: ['super_admin'],
        platform_staff: true,
        can_select_organization: true,
      });
      expect((await browser.get('/setup')).location).toBe('/setup/address');
      expect((await browser.fill('/setup/address', {})).location).toBe('/setup/delivery');
      expect((await browser.fill('/setup/delivery', {})).location).toBe('/setup/organization');
      const organization = {
        organization: 'Acme',
        owner: 'ann@acme.example',
        application: 'Shop',
        address_mode: 'any',
      };
      const keys = await browser.fill('/setup/organization', organization);
      expect(keys.text).toMatch(/tg_test_[0-9A-Za-z]{49}/);
      expect(keys.text).toMatch(/tg_live_[0-9A-Za-z]{49}/);
      expect(await served.invitationLink('ann@acme.example')).toContain('/invite/');
      expect((await browser.fill('/setup/finish', {})).location).toBe('/');
      for (const path of ['/setup', '/setup/address', '/setup/finish'])
        expect((await browser.get(path)).status).toBe(410);
      expect(await served.get(FirstRun).setupToken()).toBeNull();
    });

    it('takes the token of one of twenty browsers at once', async () => {
      const secret = await token();
      const browsers = Array.from({ length: 20 }, () => served.browser());
      const answers = await Promise.all(browsers.map((one) => one.fill('/setup', { token: secret })));
      expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    });

    it('makes one administrator of twenty equal posts at once', async () => {
      await browser.fill('/setup', { token: await token() });
      const page = await browser.get('/setup/administrator');
      const formToken = /name="form_token" value="([0-9a-f]+)"/.exec(page.text)?.[1] ?? '';
      await Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          browser.post('/setup/administrator', {
            ...administrator,
            email: `sam${i}@example.com`,
            form_token: formToken,
          }),
        ),
      );
      expect(await served.get(UserDirectory).countActive('super_admin')).toBe(1);
    });

    it('lets nobody past the token: not without it, with a wrong, an old or a used one', async () => {
      const old = await token();
      const current = await token();
      for (const wrong of ['', 'x', old, `${current}x`]) {
        const answer = await browser.fill('/setup', { token: wrong });
        expect([wrong, answer.status]).toEqual([wrong, 403]);
      }
      expect((await browser.fill('/setup/administrator', administrator)).location).toBe('/setup');
      expect((await browser.fill('/setup/organization', { organization: 'Evil' })).location).toBe('/setup');
      expect(await served.get(UserDirectory).countActive('super_admin')).toBe(0);
      await browser.fill('/setup', { token: current });
      const thief = served.browser();
      expect((await thief.fill('/setup', { token: current })).status).toBe(403);
      expect((await thief.fill('/setup/administrator', administrator)).location).toBe('/setup');
    });

    it('stores the token only as a hash', async () => {
      const secret = await token();
      expect(JSON.stringify(await served.database.query('SELECT * FROM setup'))).not.toContain(secret);
    });

    it('keeps what was typed, and says what is wrong with it', async () => {
      await browser.fill('/setup', { token: await token() });
      const weak = await browser.fill('/setup/administrator', { ...administrator, password: 'password1234567' });
      expect(weak.status).toBe(422);
      expect(weak.text).toContain('value="Sam Super"');
      expect(weak.text).toContain('id="password-error"');
      const address = await browser.fill('/setup/administrator', { ...administrator, email: 'nobody' });
      expect(address.text).toContain('id="email-error"');
      const name = await browser.fill('/setup/administrator', { ...administrator, name: ' ' });
      expect(name.text).toContain('id="name-error"');
    });

    it('makes nothing of an organization whose application is refused', async () => {
      await toSteps();
      const wanted = {
        organization: 'Acme',
        application: 'Shop',
        address_mode: 'listed',
        allowed_addresses: 'nonsense',
      };
      const refused = await browser.fill('/setup/organization', wanted);
      expect(refused.status).toBe(422);
      expect(refused.text).toContain('id="allowed_addresses-error"');
      expect(refused.text).toContain('value="Acme"');
      const none = await browser.fill('/setup/organization', { organization: 'Acme', application: 'Shop' });
      expect(none.text).toContain('id="address_mode-error"');
      const rows = await served.database.query("SELECT id FROM organization WHERE name = 'Acme'");
      expect(rows).toEqual([]);
    });

    it('keeps a provider that took the test message, and none that did not', async () => {
      await toSteps();
      const received: string[] = [];
      const relay = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS'],
        logger: false,
        onRcptTo: ({ address }, _session, done) =>
          done(address.startsWith('refused') ? Object.assign(new Error('no such user'), { responseCode: 550 }) : null),
        onData: (stream, _session, done) => {
          let text = '';
          stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          stream.on('end', () => {
            received.push(text);
            done();
          });
        },
      });
      await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
      const { port } = relay.server.address() as AddressInfo;
      const enabled = () =>
        served.database.query(
          "SELECT kind FROM delivery_provider WHERE kind = 'smtp' AND deleted_at IS NULL AND enabled = 1",
        );
      try {
        const page = await browser.get('/setup/delivery?kind=smtp');
        expect(page.text).toContain('name="host"');
        const settings = { kind: 'smtp', host: '127.0.0.1', port: String(port), from_email: 'gate@example.com' };
        const missing = await browser.fill('/setup/delivery', { ...settings, from_email: '', to: 'sam@example.com' });
        expect([missing.status, missing.text.includes('id="from_email-error"')]).toEqual([422, true]);
        const refused = await browser.fill('/setup/delivery', { ...settings, to: 'refused@example.com' });
        expect([refused.status, refused.text.includes('role="alert"')]).toEqual([422, true]);
        expect(await enabled()).toEqual([]);
        const done = await browser.fill('/setup/delivery', { ...settings, to: 'sam@example.com' });
        expect(done.text).toContain('Mail server (SMTP) delivers');
        expect(received).toHaveLength(1);
        expect(await enabled()).toHaveLength(1);
      } finally {
        await new Promise<void>((resolve) => relay.close(resolve));
      }
    });

    it('gives its steps to the super admin alone', async () => {
      await toSteps();
      const stranger = served.browser();
      expect((await stranger.get('/setup/organization')).location).toBe('/sign-in');
      expect((await stranger.fill('/setup/finish', {})).location).toBe('/sign-in');
      expect((await browser.get('/setup/no-such-step')).status).toBe(404);
    });
  });

  it('seeds the people of the demo once, however often it is asked', async () => {
    const slice = await bootSlice({ engine, modules: [AuthModule], overrides: new SentMail().overrides });
    try {
      const { id: organizationId } = await anOrganization(slice);
      const people = {
        organizationId,
        superAdmin: { name: 'Sam', email: 'root@tollgate.example', password: 'short' },
        organizationAdmin: { name: 'Ada', email: 'admin@acme.example', password: 'also short' },
      };
      await slice.get(SeedDemoPeople).seed(people);
      await slice.get(SeedDemoPeople).seed({ ...people, superAdmin: { ...people.superAdmin, password: 'another' } });
      const signIn = (identifier: string, password: string) =>
        slice.get(SignIn).execute({ identifier, password, organization: null, returnTo: '/' }, NO_BROWSER);
      expect((await signIn('root@tollgate.example', 'short')).next).toBe('session');
      expect((await signIn('admin@acme.example', 'also short')).next).toBe('session');
      const admin = await slice.get(UserDirectory).findByEmail(organizationId, 'admin@acme.example');
      expect(admin?.roles).toEqual(['admin', 'owner']);
      expect(await slice.get(FirstRun).setupToken()).toBeNull();
    } finally {
      await slice.close();
    }
  });
});
