import { jest } from '@jest/globals';
import { OrganizationSeeding } from '@tollgate/api/organizations';
import { JobRunner } from '@tollgate/api/jobs';
import { onBothEngines } from '@tollgate/api/testing';
import type { UserFacts } from '@tollgate/api/users';
import { aPerson, PASSWORD } from '../../testing/a-session';
import type { Answer, CookieJar } from '../../testing/cookie-jar';
import { ORIGIN, serveAuth, type Served } from '../../testing/served';
import { ResetSecret } from '../passwords/reset/reset-secret';

// Passwords are hashed here, and the machine may have other things to do.
jest.setTimeout(120_000);

const NEW = 'quiet orange ladder';
const SESSION = '__Host-tg_session';

onBothEngines((engine) => {
  let served: Served;
  let made = 0;
  let user: UserFacts;
  let browser: CookieJar;

  beforeAll(async () => {
    served = await serveAuth(engine);
  });
  afterAll(() => served.close());
  beforeEach(async () => {
    made += 1;
    const { id: organizationId } = await served
      .get(OrganizationSeeding)
      .create({ name: `Forgetful ${engine} ${made}` });
    user = await aPerson(served, { organizationId, roles: ['owner'] });
    browser = served.browser();
    (browser as { address: string }).address = `10.9.${made}.1`;
  });

  const sentLink = async (): Promise<string> => {
    await served.get(JobRunner).drain();
    const [row] = await served.database.query<{ id: string }>(
      'SELECT id FROM password_reset WHERE user_id = ? AND closed_at IS NULL',
      [user.id],
    );
    return (await served.get(ResetSecret).secret(row?.id ?? ''))?.code ?? '';
  };
  const faceOf = ({ status, headers, text }: Answer) => [
    status,
    Object.keys(headers).filter((name) => name !== 'date'),
    text,
  ];

  it('the way back in needs no script and no session, and gives none', async () => {
    expect((await browser.get('/sign-in')).text).toContain('href="/forgot"');
    const asked = await browser.fill('/forgot', { identifier: user.email });
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('Look into your mailbox');
    const path = new URL(await sentLink()).pathname;
    const shown = await browser.get(path);
    expect(shown.text).toContain(user.email);
    expect(shown.headers['cache-control']).toBe('no-store');
    expect(shown.headers['referrer-policy']).toBe('same-origin');
    const weak = await browser.fill(path, { password: 'short' });
    expect(weak.status).toBe(422);
    const done = await browser.fill(path, { password: NEW });
    expect([done.status, done.location]).toEqual([303, '/sign-in?notice=password_reset']);
    expect(browser.cookies.has(SESSION)).toBe(false);
    expect((await browser.get(done.location ?? '')).text).toContain('Your password is set');
    const again = await browser.get(path);
    expect(again.status).toBe(410);
    expect(again.text).toContain('This link does not work any more');
    expect((await browser.fill('/sign-in', { identifier: user.email, password: PASSWORD })).status).toBe(401);
    expect((await browser.fill('/sign-in', { identifier: user.email, password: NEW })).location).toBe('/');
  });

  it('answers a stranger, a disabled person and a text that is no address with the same page', async () => {
    const disabled = await aPerson(served, { organizationId: user.organizationId });
    await served.database.execute("UPDATE user SET status = 'disabled' WHERE id = ?", [disabled.id]);
    await browser.get('/forgot');
    const faces: unknown[] = [];
    for (const identifier of [
      user.email,
      disabled.email,
      'nobody@example.com',
      'nothing',
      `${user.email},a@evil.example`,
    ])
      faces.push(faceOf(await browser.fill('/forgot', { identifier })));
    for (const face of faces) expect(face).toEqual(faces[0]);
    await served.get(JobRunner).drain();
    const rows = await served.database.query<{ user_id: string }>(
      'SELECT user_id FROM password_reset WHERE organization_id = ?',
      [user.organizationId],
    );
    expect(rows).toEqual([{ user_id: user.id }]);
  });

  it('the link leads to this installation, whatever host was asked', async () => {
    await browser.get('/forgot');
    await browser.fill(
      '/forgot',
      { identifier: user.email },
      { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' },
    );
    expect((await sentLink()).startsWith(`${ORIGIN}/reset/`)).toBe(true);
  });

  it('looking at a link, however often, uses nothing up and sets no session', async () => {
    await browser.fill('/forgot', { identifier: user.email });
    const path = new URL(await sentLink()).pathname;
    const scanner = served.browser();
    for (let i = 0; i < 5; i += 1) expect((await scanner.get(path)).status).toBe(200);
    expect(scanner.cookies.has(SESSION)).toBe(false);
    expect((await browser.fill(path, { password: NEW })).status).toBe(303);
  });

  it('takes no form that another site sent, and no empty address', async () => {
    await browser.get('/forgot');
    expect((await browser.post('/forgot', { form_token: 'f'.repeat(64), identifier: user.email })).status).toBe(403);
    expect((await browser.fill('/forgot', { identifier: ' ' })).status).toBe(422);
    await browser.fill('/forgot', { identifier: user.email });
    const path = new URL(await sentLink()).pathname;
    expect((await browser.post(path, { form_token: 'f'.repeat(64), password: NEW })).status).toBe(403);
    expect((await browser.get(path)).status).toBe(200);
  });

  it('slows down who asks a lot, whomever for', async () => {
    const codes: number[] = [];
    for (let i = 0; i < 12; i += 1)
      codes.push((await browser.fill('/forgot', { identifier: `somebody-${i}@example.com` })).status);
    expect(codes.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(codes.at(-1)).toBe(429);
  });
});
