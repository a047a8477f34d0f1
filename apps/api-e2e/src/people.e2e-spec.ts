import { jest } from '@jest/globals';
import { onBothEngines, redisServerUrl } from '@tollgate/api/testing';
import { Browser } from './harness/browser';
import { startDemo, type Demo } from './harness/demo';
import { startServer, type RunningServer } from './harness/server';

jest.setTimeout(120_000);

const SESSION = '__Host-tg_session';
const PASSWORD = 'violet trumpet gravel';
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

async function printed(server: RunningServer, name: string): Promise<string> {
  const line = new RegExp(`^${name}: (\\S+)$`, 'm');
  for (let tries = 0; tries < 500; tries += 1) {
    const found = line.exec(server.output)?.[1];
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`the server did not print ${name}:\n${server.output}`);
}

onBothEngines((engine) => {
  describe('the operator of a new installation', () => {
    let server: RunningServer;
    beforeAll(async () => {
      server = await startServer({ engine });
    });
    afterAll(() => server.close());

    it('opens the set-up with the token that was printed, becomes super admin, and closes it', async () => {
      const token = await printed(server, 'Set-up token');
      const browser = new Browser(server);
      expect((await browser.fill('/setup', { token })).location).toBe('/setup/administrator');
      const administrator = { name: 'Sam Super', email: 'sam@example.com', password: PASSWORD };
      expect((await browser.fill('/setup/administrator', administrator)).location).toBe('/setup/address');
      const session = json((await browser.api('GET', '/v1/session')).text);
      expect(session).toMatchObject({ roles: ['super_admin'], platform_staff: true });
      expect((await browser.fill('/setup/finish', {})).location).toBe('/');
      expect((await browser.get('/setup')).status).toBe(410);
      const logged = server.logs.map((line) => JSON.stringify(line)).join('\n');
      for (const secret of [token, PASSWORD, browser.cookies.get(SESSION) ?? '']) expect(logged).not.toContain(secret);
    });
  });

  describe('people', () => {
    let demo: Demo;
    beforeAll(async () => {
      demo = await startDemo({ engine });
    });
    afterAll(() => demo.server.close());

    const signIn = (browser: Browser, email: string, password: string) =>
      browser.fill('/sign-in', { identifier: email, password });

    it('cannot tell from a refusal whether an address is known', async () => {
      const faces = [];
      for (const email of [demo.credentials.admin.email, 'nobody@acme.example']) {
        const browser = new Browser(demo.server);
        await browser.get('/sign-in');
        const { status, headers, text } = await signIn(browser, email, 'wrong password');
        const kept = [...headers].filter(([name]) => !['x-request-id', 'date', 'content-length'].includes(name));
        faces.push({
          status,
          kept,
          text: text.replaceAll(email, 'EMAIL').replace(/value="[0-9a-f]{64}"/g, ''),
        });
      }
      expect(faces[0]?.status).toBe(401);
      expect(faces[1]).toEqual(faces[0]);
    });

    it('are not signed in by a form of another site', async () => {
      const { email, password } = demo.credentials.admin;
      const foreign = new Browser(demo.server, 'https://evil.example');
      expect((await signIn(foreign, email, password)).status).toBe(403);
      expect(foreign.cookies.has(SESSION)).toBe(false);
    });

    it.each(['//sign-in', '/sign-in/', '/%73ign-in', '/sign-in;x', '/SIGN-IN'])('find nothing at %s', async (path) => {
      const browser = new Browser(demo.server);
      expect((await browser.post(path, { identifier: 'a@example.com', password: 'x' })).status).toBe(404);
    });

    it('are told what staff of the installation announce, and change no settings of it themselves', async () => {
      const announced = async () => (await demo.admin.done('GET', '/v1/announcement'))['announcement'];
      expect(await announced()).toBeNull();
      const path = '/v1/settings/platform';
      const { version } = await demo.superAdmin.done('GET', path);
      const change = { version, announcement: 'Closed for an hour on Sunday' };
      expect(await demo.superAdmin.done('PATCH', path, change)).toMatchObject({ version: Number(version) + 1 });
      expect(await announced()).toBe(change.announcement);
      expect((await demo.superAdmin.call('PATCH', path, change)).code).toBe('version_conflict');
      expect((await demo.admin.call('PATCH', path, change)).code).toBe('permission_denied');
      expect((await demo.stranger.call('GET', '/v1/announcement')).code).toBe('missing_credentials');
    });

    it('stay owners while they are the last one, whoever asks', async () => {
      const root = new Browser(demo.server);
      await signIn(root, demo.credentials.super_admin.email, demo.credentials.super_admin.password);
      const browser = new Browser(demo.server);
      await signIn(browser, demo.credentials.admin.email, demo.credentials.admin.password);
      const { user } = json((await browser.api('GET', '/v1/session')).text) as { user: { id: string } };
      const refused = await root.api('PATCH', `/v1/team/${user.id}`, { status: 'disabled' });
      expect(json(refused.text)).toMatchObject({ code: 'last_owner' });
      expect((await browser.api('GET', '/v1/session')).status).toBe(200);
    });
  });
});

describe('two processes on one database', () => {
  it('end a session together', async () => {
    const environment = { REDIS_URL: redisServerUrl(), TOLLGATE_PROCESSES: '2' };
    const demo = await startDemo({ engine: 'mysql', environment });
    const other = await startServer({
      engine: 'mysql',
      beside: demo.server,
      environment: { ...environment, TOLLGATE_PROFILE: 'demo' },
    });
    try {
      const here = new Browser(demo.server);
      const { email, password } = demo.credentials.super_admin;
      await here.fill('/sign-in', { identifier: email, password });
      const there = here.at(other);
      expect((await there.api('GET', '/v1/session')).status).toBe(200);
      expect((await here.api('DELETE', '/v1/session')).status).toBe(204);
      expect((await there.api('GET', '/v1/session')).status).toBe(401);
    } finally {
      await other.close();
      await demo.server.close();
    }
  });
});
