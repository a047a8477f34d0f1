import { jest } from '@jest/globals';
import { aPerson, PASSWORD } from '../../testing/a-session';
import { serveAuth, type Served } from '../../testing/served';
import type { CookieJar } from '../../testing/cookie-jar';
import { Totp } from '@tollgate/api/crypto';
import { OrganizationSeeding } from '@tollgate/api/organizations';
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

  it('what goes wrong looks like the page it went wrong on, without script', async () => {
    const fine = await browser.get('/sign-in');
    const failed = await browser.post('/sign-in', { form_token: 'x' }, { origin: 'https://evil.example' });
    expect(failed.status).toBe(403);
    const stylesheet = /<link rel="stylesheet" href="([^"]+)">/;
    expect(stylesheet.exec(failed.text)?.[1]).toBe(stylesheet.exec(fine.text)?.[1]);
    expect(failed.headers['content-security-policy']).toBe(fine.headers['content-security-policy']);
    expect(failed.text).toContain('<meta name="color-scheme" content="light dark">');
    expect(failed.text).toContain('<main class="content" id="content">');
    expect(failed.text).toContain(String(failed.headers['x-request-id']));
    expect(failed.text).not.toContain('<script');
  });

  describe('signing in', () => {
    it('goes to where it was asked for, with cookies that only this host and no script can read', async () => {
      const page = await browser.get('/sign-in?return_to=/o/acme/users');
      expect(page.text).toContain('value="/o/acme/users"');
      const token = /name="form_token" value="([0-9a-f]+)"/.exec(page.text)?.[1] ?? '';
      const answer = await browser.post('/sign-in', {
        form_token: token,
        identifier: user.email,
        password: PASSWORD,
        return_to: '/o/acme/users',
      });
      expect([answer.status, answer.location]).toEqual([303, '/o/acme/users']);
      expect(answer.headers['cache-control']).toBe('no-store');
      for (const line of [answer.headers['set-cookie']].flat()) {
        expect(line).toMatch(/^__Host-tg_\w+=[^;]*; Path=\/; Secure; HttpOnly; SameSite=Lax(; Max-Age=\d+)?$/);
      }
      const session = (await browser.api('GET', '/v1/session')).json();
      expect(session).toMatchObject({ user: { email: user.email }, roles: ['owner'], platform_staff: false });
    });

    it.each([
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      'javascript:alert(1)',
      '/%2f%2fevil.example',
      '/a%0d%0aLocation:%20https://evil.example',
    ])('never goes to %s', async (target) => {
      const answer = await signIn(browser, user.email, PASSWORD, { return_to: target });
      expect([answer.status, answer.location]).toEqual([303, '/']);
    });

    it('answers a stranger, a wrong password and a disabled person with the same page', async () => {
      const disabled = await aPerson(served, { organizationId: user.organizationId });
      await served.database.execute("UPDATE user SET status = 'disabled' WHERE id = ?", [disabled.id]);
      const faces: unknown[] = [];
      for (const email of [user.email, disabled.email, 'nobody@example.com']) {
        const answer = await signIn(browser, email, 'not the password');
        const headers = Object.entries(answer.headers).filter(
          ([name]) => !['x-request-id', 'date', 'content-length'].includes(name),
        );
        faces.push({ status: answer.status, headers, text: answer.text.replaceAll(email, 'EMAIL') });
      }
      expect(faces[0]).toMatchObject({ status: 401 });
      expect(faces[1]).toEqual(faces[0]);
      expect(faces[2]).toEqual(faces[0]);
    });

    it('slows down after five wrong passwords, and says for how long', async () => {
      for (let i = 0; i < 5; i += 1) expect((await signIn(browser, user.email, 'wrong')).status).toBe(401);
      const answer = await signIn(browser, user.email, PASSWORD);
      expect(answer.status).toBe(429);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      expect(answer.text).toContain('Too many attempts. Try again in');
    });

    it('refuses a form from elsewhere, without the cookie, or with somebody else’s token', async () => {
      const fields = { identifier: user.email, password: PASSWORD };
      expect((await browser.post('/sign-in', fields, { origin: 'https://evil.example' })).status).toBe(403);
      expect((await browser.post('/sign-in', fields, { origin: 'null' })).status).toBe(403);
      expect(
        (await browser.post('/sign-in', fields, { origin: undefined, 'sec-fetch-site': 'cross-site' })).status,
      ).toBe(403);
      expect((await browser.post('/sign-in', fields)).status).toBe(403);
      const other = await served.browser().get('/sign-in');
      const token = /name="form_token" value="([0-9a-f]+)"/.exec(other.text)?.[1] ?? '';
      expect((await browser.post('/sign-in', { ...fields, form_token: token })).status).toBe(403);
      expect(browser.cookies.has(SESSION)).toBe(false);
    });

    it('gives a new session id whatever cookie was planted', async () => {
      const planted = randomBytes(32).toString('base64url');
      browser.cookies.set(SESSION, planted);
      await signIn(browser);
      const first = browser.cookies.get(SESSION);
      expect(first).not.toBe(planted);
      expect((await browser.api('GET', '/v1/session')).status).toBe(200);
    });

    it.each([
      ['nothing', {}],
      ['no password', { identifier: 'ann@example.com' }],
      ['an endless password', { identifier: 'ann@example.com', password: 'x'.repeat(10_000) }],
      ['an endless address', { identifier: 'x'.repeat(10_000), password: 'x' }],
    ])('says what is missing for %s', async (_what, fields) => {
      const answer = await browser.fill('/sign-in', fields);
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('aria-invalid="true"');
    });

    it('refuses a megabyte before it is read', async () => {
      const answer = await browser.post('/sign-in', { identifier: 'a@example.com', password: 'x'.repeat(1_000_000) });
      expect(answer.status).toBe(413);
    });

    it('encodes what was typed and asked for', async () => {
      const nasty = '"><script>alert(1)</script>';
      const typed = await signIn(browser, nasty, 'wrong', { organization: nasty });
      expect(typed.text).not.toContain('<script>alert');
      const asked = await browser.get(
        `/sign-in?notice=${encodeURIComponent(nasty)}&organization=${encodeURIComponent(nasty)}&error=${encodeURIComponent(nasty)}`,
      );
      expect(asked.text).not.toContain('<script>alert');
      expect(String(asked.headers['content-security-policy'])).toContain("script-src 'self'");
      expect(String(asked.headers['content-security-policy'])).not.toContain('unsafe');
      expect(String(asked.headers['content-security-policy'])).toContain("frame-ancestors 'none'");
    });

    it.each([
      ['bad base64', `${SESSION}=%%%%`],
      ['two of the same name', `${SESSION}=${'a'.repeat(43)}; ${SESSION}=${'b'.repeat(43)}`],
      ['10 kB', `${SESSION}=${'a'.repeat(10_000)}`],
      ['nonsense', ';;;=;=='],
    ])('takes a cookie of %s as nobody’s', async (_what, cookie) => {
      expect((await browser.get('/sign-in', { cookie })).status).toBe(200);
      expect((await browser.api('GET', '/v1/session', undefined, { cookie })).status).toBe(401);
    });
  });

  describe('the second factor', () => {
    it('stands between the password and the session', async () => {
      await signIn(browser);
      const secret = await enrol(browser);
      const again = served.browser();
      const first = await signIn(again);
      expect([first.status, first.location]).toEqual([303, '/sign-in/code']);
      expect(again.cookies.has(SESSION)).toBe(false);
      expect((await again.api('GET', '/v1/session')).status).toBe(401);
      const wrong = await again.fill('/sign-in/code', { code: '000000' });
      expect(wrong.status).toBe(422);
      expect(wrong.text).toContain('That code is not right');
      const right = await again.fill('/sign-in/code', { code: ` ${Totp.tokenAt(secret, Date.now())} ` });
      expect([right.status, right.location]).toEqual([303, '/']);
      const session = (await again.api('GET', '/v1/session')).json() as { assurance: { level: number } };
      expect(session.assurance.level).toBe(2);
    });

    it('sends whoever has no sign-in under way back to its beginning', async () => {
      const shown = await browser.get('/sign-in/code');
      expect(shown.location).toBe('/sign-in?notice=too_late');
      await browser.get('/sign-in');
      const page = await browser.get('/sign-in');
      const token = /name="form_token" value="([0-9a-f]+)"/.exec(page.text)?.[1] ?? '';
      const posted = await browser.post('/sign-in/code', { form_token: token, code: '123456' });
      expect(posted.location).toBe('/sign-in?notice=too_late');
    });

    it('takes a recovery key in its own field', async () => {
      await signIn(browser);
      await enrol(browser);
      const codes = (await browser.api('POST', '/v1/me/recovery-codes')).json() as { recovery_codes: string[] };
      const again = served.browser();
      await signIn(again);
      const done = await again.fill('/sign-in/code', { recovery_key: (codes.recovery_codes[0] ?? '').toLowerCase() });
      expect(done.location).toBe('/');
      expect((await again.api('GET', '/v1/me/recovery-codes')).json()).toMatchObject({ remaining: 9 });
    });
  });
});
