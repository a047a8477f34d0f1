import { jest } from '@jest/globals';
import { aPerson, PASSWORD } from '../../testing/a-session';
import { serveAuth, type Served } from '../../testing/served';
import type { Answer, CookieJar } from '../../testing/cookie-jar';
import { Totp } from '@tollgate/api/crypto';
import { OrganizationDirectory, OrganizationSeeding } from '@tollgate/api/organizations';
import { onBothEngines } from '@tollgate/api/testing';
import type { UserFacts } from '@tollgate/api/users';
import { randomBytes } from 'node:crypto';

// Many passwords are hashed here, and the machine may have other things to do.
jest.setTimeout(60_000);

const SESSION = '__Host-tg_session';

onBothEngines((engine) => {
  let served: Served;
  let made = 0;
  let user: UserFacts;
  let browser: CookieJar;

  const anOrganization = async (): Promise<string> => {
    made += 1;
    return (await served.get(OrganizationSeeding).create({ name: `Shop ${made} ${randomBytes(4).toString('hex')}` }))
      .id;
  };
  const signIn = (who: CookieJar, email = user.email, password = PASSWORD, more: Record<string, string> = {}) =>
    who.fill('/sign-in', { identifier: email, password, ...more });
  /** An active authenticator through the API; its first code is free again. */
  const enrol = async (who: CookieJar): Promise<string> => {
    const started = (await who.api('POST', '/v1/me/factors', {})).json() as { secret: string; factor: { id: string } };
    const code = Totp.tokenAt(started.secret, Date.now());
    const activated = await who.api('POST', `/v1/me/factors/${started.factor.id}/activate`, { code });
    expect(activated.status).toBe(200);
    await served.database.execute('UPDATE user_factor SET last_step = 0 WHERE id = ?', [started.factor.id]);
    return started.secret;
  };

  beforeAll(async () => {
    served = await serveAuth(engine);
  });
  afterAll(() => served.close());
  beforeEach(async () => {
    user = await aPerson(served, { organizationId: await anOrganization(), roles: ['owner'] });
    browser = served.browser();
    // Every test has its own address, so that none slows another down.
    (browser as { address: string }).address = `10.${made >> 8}.${made & 255}.1`;
  });

  describe('a fresh proof', () => {
    const age = () =>
      served.database.execute('UPDATE session SET authenticated_at = authenticated_at - 660000 WHERE user_id = ?', [
        user.id,
      ]);

    it('is demanded for changes, given on its page, and changes the session id', async () => {
      await signIn(browser);
      expect((await browser.api('PATCH', '/v1/me', { name: 'Ann B' })).status).toBe(200);
      await age();
      expect((await browser.api('PATCH', '/v1/me', { name: 'Ann C' })).json()).toMatchObject({
        code: 'step_up_required',
      });
      const before = browser.cookies.get(SESSION) ?? '';
      const done = await browser.fill(
        '/sign-in/again?return_to=/me/security',
        { password: PASSWORD, return_to: '/me/security' },
        {},
      );
      expect([done.status, done.location]).toEqual([303, '/me/security']);
      expect(browser.cookies.get(SESSION)).not.toBe(before);
      const old = served.browser();
      old.cookies.set(SESSION, before);
      expect((await old.api('GET', '/v1/session')).status).toBe(401);
      expect((await browser.api('PATCH', '/v1/me', { name: 'Ann C' })).status).toBe(200);
    });

    it('is given to the API as well, by password or by code', async () => {
      await signIn(browser);
      const secret = await enrol(browser);
      await age();
      expect((await browser.api('POST', '/v1/session/step-up', { password: 'wrong' })).json()).toMatchObject({
        code: 'wrong_password',
      });
      expect((await browser.api('POST', '/v1/session/step-up', {})).status).toBe(422);
      const answer = await browser.api('POST', '/v1/session/step-up', { code: Totp.tokenAt(secret, Date.now()) });
      expect(answer.json()).toMatchObject({ level: 2 });
      expect((await browser.api('PATCH', '/v1/me', { name: 'Ann D' })).status).toBe(200);
    });

    it('ends the session after ten wrong ones in a row', async () => {
      await signIn(browser);
      for (let i = 0; i < 10; i += 1) {
        await browser.api('POST', '/v1/session/step-up', { password: 'wrong' });
        await served.database.execute('UPDATE lockout SET blocked_until = 0');
      }
      expect((await browser.api('GET', '/v1/session')).status).toBe(401);
    });
  });

  describe('what ends a session', () => {
    it('is signing out, by page or API, everywhere at once', async () => {
      await signIn(browser);
      const copy = served.browser();
      copy.cookies.set(SESSION, browser.cookies.get(SESSION) ?? '');
      const asked = await browser.get('/sign-out');
      expect(asked.text).toContain(user.email);
      expect((await browser.api('GET', '/v1/session')).status).toBe(200);
      const done = await browser.fill('/sign-out', {});
      expect(done.location).toBe('/sign-in?notice=signed_out');
      expect(browser.cookies.has(SESSION)).toBe(false);
      expect((await copy.api('GET', '/v1/session')).status).toBe(401);
      await signIn(browser);
      expect((await browser.api('DELETE', '/v1/session')).status).toBe(204);
      expect(browser.cookies.has(SESSION)).toBe(false);
    });

    it('is being disabled, and being enabled again does not bring it back', async () => {
      const owner = served.browser();
      await signIn(owner);
      const other = await aPerson(served, { organizationId: user.organizationId, roles: ['viewer'] });
      await signIn(browser, other.email);
      expect((await browser.api('GET', '/v1/session')).status).toBe(200);
      expect((await owner.api('PATCH', `/v1/team/${other.id}`, { status: 'disabled' })).status).toBe(200);
      expect((await browser.api('GET', '/v1/session')).status).toBe(401);
      expect((await signIn(browser, other.email)).status).toBe(401);
      await owner.api('PATCH', `/v1/team/${other.id}`, { status: 'active' });
      expect((await browser.api('GET', '/v1/session')).status).toBe(401);
      expect((await signIn(browser, other.email)).status).toBe(303);
    });

    it('is a change of roles, and the next session has the new ones', async () => {
      const owner = served.browser();
      await signIn(owner);
      const other = await aPerson(served, { organizationId: user.organizationId, roles: ['viewer'] });
      await signIn(browser, other.email);
      await owner.api('PATCH', `/v1/team/${other.id}`, { roles: ['billing'] });
      expect((await browser.api('GET', '/v1/session')).status).toBe(401);
      await signIn(browser, other.email);
      expect((await browser.api('GET', '/v1/session')).json()).toMatchObject({ roles: ['billing'] });
    });

    it('is a new password, but for the session that set it', async () => {
      await signIn(browser);
      const elsewhere = served.browser();
      await signIn(elsewhere);
      const before = browser.cookies.get(SESSION);
      const wrong = await browser.api('POST', '/v1/me/password', {
        current_password: 'wrong',
        new_password: 'gravel trumpet violet',
      });
      expect(wrong.json()).toMatchObject({ code: 'wrong_password' });
      const weak = await browser.api('POST', '/v1/me/password', {
        current_password: PASSWORD,
        new_password: 'password1234567',
      });
      expect(weak.json()).toMatchObject({ code: 'password_too_weak' });
      const done = await browser.api('POST', '/v1/me/password', {
        current_password: PASSWORD,
        new_password: 'gravel trumpet violet',
      });
      expect(done.status).toBe(204);
      expect(browser.cookies.get(SESSION)).not.toBe(before);
      expect((await browser.api('GET', '/v1/session')).status).toBe(200);
      expect((await elsewhere.api('GET', '/v1/session')).status).toBe(401);
      expect((await signIn(elsewhere)).status).toBe(401);
      expect((await signIn(elsewhere, user.email, 'gravel trumpet violet')).status).toBe(303);
    });

    it('is its owner, one by one or all others', async () => {
      await signIn(browser);
      const [second, third] = [served.browser(), served.browser()];
      await signIn(second);
      await signIn(third);
      const list = (await browser.api('GET', '/v1/me/sessions')).json() as { data: { id: string; current: boolean }[] };
      expect(list.data).toHaveLength(3);
      expect(list.data.filter(({ current }) => current)).toHaveLength(1);
      const secondId = ((await second.api('GET', '/v1/session')).json() as { id: string }).id;
      expect((await browser.api('DELETE', `/v1/me/sessions/${secondId}`)).status).toBe(204);
      expect((await second.api('GET', '/v1/session')).status).toBe(401);
      expect((await browser.api('DELETE', '/v1/me/sessions')).json()).toEqual({ ended: 1 });
      expect((await third.api('GET', '/v1/session')).status).toBe(401);
      const stranger = await aPerson(served, { organizationId: user.organizationId });
      await signIn(third, stranger.email);
      const own = ((await browser.api('GET', '/v1/session')).json() as { id: string }).id;
      expect((await third.api('DELETE', `/v1/me/sessions/${own}`)).status).toBe(404);
    });

    it('is half a day without use, or a week', async () => {
      await signIn(browser);
      await served.database.execute('UPDATE session SET last_seen_at = last_seen_at - ? WHERE user_id = ?', [
        12 * 3_600_000,
        user.id,
      ]);
      expect((await browser.api('GET', '/v1/session')).status).toBe(401);
      await signIn(browser);
      await served.database.execute('UPDATE session SET expires_at = ? WHERE user_id = ?', [
        Date.now() - 60_000,
        user.id,
      ]);
      expect((await browser.api('GET', '/v1/session')).status).toBe(401);
    });
  });

  it('lets people of a suspended organization read and manage themselves, and change nothing', async () => {
    await signIn(browser);
    const other = await aPerson(served, { organizationId: user.organizationId, roles: ['viewer'] });
    await served.database.execute("UPDATE organization SET status = 'suspended' WHERE id = ?", [user.organizationId]);
    const suspended = async (): Promise<Answer> => browser.api('PATCH', `/v1/team/${other.id}`, { roles: ['billing'] });
    for (let i = 0; i < 40 && (await suspended()).status !== 403; i += 1) {
      await served.database.execute('UPDATE cache_version SET version = version + 1');
      await served.get(OrganizationDirectory).find(user.organizationId);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect((await suspended()).json()).toMatchObject({ code: 'organization_suspended' });
    expect((await browser.api('GET', '/v1/team')).status).toBe(200);
    expect((await browser.api('PATCH', '/v1/me', { name: 'Ann S' })).status).toBe(200);
    expect((await browser.api('DELETE', '/v1/session')).status).toBe(204);
  });

  it('refuses changes by a session without the Origin of the console', async () => {
    await signIn(browser);
    for (const origin of [undefined, 'https://evil.example', 'null']) {
      expect((await browser.api('PATCH', '/v1/me', { name: 'Eve' }, { origin })).status).toBe(403);
    }
  });

  it('refuses members of a profile that are not one’s own to set', async () => {
    await signIn(browser);
    for (const body of [
      { status: 'active' },
      { roles: ['owner'] },
      { organization_id: 'x' },
      { email: 'a@b.example' },
      { password: 'x' },
    ]) {
      expect((await browser.api('PATCH', '/v1/me', body)).status).toBe(422);
    }
  });
});
