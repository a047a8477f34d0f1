import { jest } from '@jest/globals';
import { Totp } from '@tollgate/api/crypto';
import { onBothEngines } from '@tollgate/api/testing';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser } from './harness/browser';
import { startDemo, type Caller, type Demo } from './harness/demo';

jest.setTimeout(300_000);

type Body = Readonly<Record<string, unknown>>;

const PASSWORD = 'amber lantern thicket';
const NEXT_PASSWORD = 'quiet marble orchard';

/** Polls until there is something: messages go out in the background. */
async function eventually<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 400; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`there was never ${what}`);
}

/** Everything that must be nowhere, by what it is. */
class Canaries {
  private readonly all = new Map<string, string>();

  add(what: string, secret: unknown): string {
    if (typeof secret !== 'string' || secret.length < 6) throw new Error(`${what} is no secret: ${String(secret)}`);
    this.all.set(secret, what);
    return secret;
  }

  get count(): number {
    return this.all.size;
  }

  /** Those that stand in the text by themselves: not as a part of some longer number or word. */
  foundIn(text: string): string[] {
    return [...this.all].flatMap(([secret, what]) => {
      for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
        const around = `${text.charAt(at - 1)}${text.charAt(at + secret.length)}`;
        if (secret.length > 20 || !/[0-9A-Za-z]/.test(around)) {
          return [`${what}: …${text.slice(Math.max(0, at - 60), at)}[here]`];
        }
      }
      return [];
    });
  }
}

onBothEngines((engine) => {
  describe('after a run of everything', () => {
    const canaries = new Canaries();
    let demo: Demo;
    let staff: Caller;

    beforeAll(async () => {
      demo = await startDemo({ engine, environment: { LOG_LEVEL: 'trace' } });
      staff = demo.superAdmin.in(demo.credentials.organization_id);
      const { admin, super_admin: root, test_key: test, live_key: live } = demo.credentials;
      canaries.add('the password of the admin', admin.password);
      canaries.add('the password of the super admin', root.password);
      canaries.add('the test key', test);
      canaries.add('the live key', live);
    });
    afterAll(() => demo.server.close());

    const previewOfNewest = async (query: string, pattern: RegExp): Promise<string> =>
      eventually(`a message with ${String(pattern)}`, async () => {
        const { data } = await staff.done('GET', `/v1/messages?limit=1&${query}`);
        const [newest] = data as { id: string }[];
        if (newest === undefined) return undefined;
        const { text } = await staff.done('GET', `/v1/messages/${newest.id}/preview`);
        return pattern.exec(String(text))?.[1];
      });

    const cookiesOf = (browser: Browser) => {
      for (const [name, value] of browser.cookies) canaries.add(`the cookie ${name}`, value);
    };

    it('people sign in, are invited, set up authenticators and change passwords', async () => {
      const { email, password } = demo.credentials.super_admin;
      const wrong = new Browser(demo.server);
      const typed = canaries.add('a password that was wrong', 'purple wrong guess');
      expect((await wrong.fill('/sign-in', { identifier: email, password: typed })).status).toBe(401);
      const root = new Browser(demo.server);
      expect((await root.fill('/sign-in', { identifier: email, password })).status).toBe(303);
      cookiesOf(root);

      const invited = { email: 'canary@joined.example', roles: ['developer'] };
      await staff.done('POST', '/v1/team/invitations', invited);
      const token = await previewOfNewest('channel=email', /\/invite\/([A-Za-z0-9_-]+)/);
      canaries.add('the token of an invitation', token);
      const joiner = new Browser(demo.server);
      const fields = { name: 'Kim Canary', password: canaries.add('a chosen password', PASSWORD) };
      expect((await joiner.fill(`/invite/${token}`, fields)).status).toBe(303);
      cookiesOf(joiner);

      const enrolled = JSON.parse((await joiner.api('POST', '/v1/me/factors', {})).text) as Body;
      const secret = canaries.add('the secret of a second factor', enrolled['secret']);
      const { id } = enrolled['factor'] as { id: string };
      const code = canaries.add('a code of a second factor', Totp.tokenAt(secret, Date.now()));
      const activated = await joiner.api('POST', `/v1/me/factors/${id}/activate`, { code });
      expect(activated.status).toBe(200);
      const { recovery_codes: codes } = JSON.parse(activated.text) as { recovery_codes: string[] };
      for (const each of codes) canaries.add('a recovery code', each);
      cookiesOf(joiner);

      const again = new Browser(demo.server);
      await again.fill('/sign-in', { identifier: invited.email, password: PASSWORD });
      cookiesOf(again);
      const change = { current_password: PASSWORD, new_password: canaries.add('a new password', NEXT_PASSWORD) };
      const changed = await joiner.api('POST', '/v1/me/password', change);
      expect(changed.status).toBe(204);
      cookiesOf(joiner);
    });

    it('keys are made, rotated, sent in the wrong places and mistyped', async () => {
      const path = `/v1/applications/${demo.credentials.application_id}/keys`;
      const body = { kind: 'live', name: 'Canary', scopes: ['verifications:write'] };
      const made = await staff.with({ 'idempotency-key': randomUUID() }).done('POST', path, body);
      const token = canaries.add('a new key', made['token']);
      const { id } = (made['key'] ?? made) as { id: string };
      const rotated = await staff.done('POST', `/v1/keys/${id}/rotate`, {});
      canaries.add('a rotated key', rotated['token']);
      await demo.stranger.call('GET', `/v1/verifications?token=${token}`);
      await demo.stranger.call('GET', `/v1/verifications/${token}`);
      await demo.stranger.call('GET', `/${token}`);
      await demo.stranger.call('POST', '/v1/verifications', { to: 'a@b.example', authorization: token });
      const mistyped = canaries.add('a mistyped key', `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`);
      expect(await demo.keyed(mistyped).call('GET', '/v1/verifications')).toMatchObject({ status: 401 });
      const bad = await demo.server.fetch('/v1/verifications', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: `{"to": "${token}", `,
      });
      expect(bad.status).toBe(400);
    });

    it('codes are sent, guessed and accepted, with test keys and live ones', async () => {
      const test = demo.keyed(demo.credentials.test_key);
      const to = 'canary@codes.example';
      const started = await test.done('POST', '/v1/verifications', { to, channel: 'email', code: { length: 10 } });
      const inbox = await test.done('GET', `/v1/test/messages?to=${encodeURIComponent(to)}`);
      const code = canaries.add('a test code', (inbox['data'] as Body[])[0]?.['code']);
      const guess = canaries.add('a wrong code', String(9_999_999_999 - Number(code)).padStart(10, '0'));
      const path = `/v1/verifications/${String(started['id'])}/check`;
      expect((await test.done('POST', path, { code: guess }))['valid']).toBe(false);
      const retried = test.with({ 'idempotency-key': randomUUID() });
      for (let tries = 0; tries < 2; tries += 1) {
        expect((await retried.done('POST', path, { code }))['valid']).toBe(true);
      }

      const live = demo.keyed(demo.credentials.live_key);
      const person = { to: 'live@codes.example', channel: 'email', code: { length: 10 } };
      const real = await live.with({ 'idempotency-key': randomUUID() }).done('POST', '/v1/verifications', person);
      const sent = await previewOfNewest(`source_id=${String(real['id'])}`, /\b(\d{10})\b/);
      canaries.add('a live code', sent);
      expect((await live.done('POST', `/v1/verifications/${String(real['id'])}/check`, { code: sent }))['valid']).toBe(
        true,
      );
    });

    it('authenticators of end users are enrolled and used', async () => {
      const test = demo.keyed(demo.credentials.test_key);
      const enrolled = await test
        .with({ 'idempotency-key': randomUUID() })
        .done('POST', '/v1/factors', { user_ref: 'canary' });
      const secret = canaries.add('the secret of an authenticator', enrolled['secret']);
      const path = `/v1/factors/${String(enrolled['id'])}`;
      const code = canaries.add('a code of an authenticator', Totp.tokenAt(secret, Date.now()));
      expect(await test.call('POST', `${path}/activate`, { code })).toMatchObject({ status: 200 });
      const made = await test.with({ 'idempotency-key': randomUUID() }).done('POST', `${path}/recovery-codes`, {});
      const codes = made['codes'] as string[];
      for (const each of codes) canaries.add('a recovery code of an authenticator', each);
      const used = await test.done('POST', `${path}/check`, { recovery_code: codes[0] });
      expect(used['valid']).toBe(true);
    });

    it('credentials of delivery providers are set', async () => {
      const auth = canaries.add('the credential of a provider', `SG.${randomUUID()}.${randomUUID()}`);
      await demo.superAdmin.done('POST', '/v1/providers', {
        kind: 'sendgrid',
        name: 'Canary',
        enabled: false,
        settings: { from_email: 'canary@provider.example' },
        credentials: { api_key: auth },
      });
    });

    it('neither the database nor any log holds a code, key, token, secret or password', async () => {
      expect(canaries.count).toBeGreaterThan(35);
      expect(await demo.server.signal('SIGTERM')).toMatchObject({ code: 0 });
      const logged = demo.server.logs;
      expect(logged.length).toBeGreaterThan(20);
      expect(canaries.foundIn(logged.map((line) => JSON.stringify(line)).join('\n'))).toEqual([]);

      const { storage } = demo.server;
      const names = await storage.directly<{ name: string }>(
        engine === 'sqlite'
          ? `SELECT name FROM sqlite_master WHERE type = 'table'`
          : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
      );
      expect(names.length).toBeGreaterThan(30);
      for (const { name } of names) {
        const rows = await storage.directly<Record<string, unknown>>(`SELECT * FROM ${name}`);
        const found = canaries.foundIn(rows.map((row) => Object.values(row).map(String).join('\n')).join('\n'));
        expect({ table: name, found }).toEqual({ table: name, found: [] });
      }
    });

    it('no file beside the demo sign-ins holds one either', () => {
      const folder = demo.server.storage.dataDir;
      const files = readdirSync(folder).filter((name) => name !== 'demo-credentials.json');
      expect(files).toContain('keys.json');
      // Freed pages and the log of writes too.
      for (const name of files) {
        const found = canaries.foundIn(readFileSync(join(folder, name), 'latin1'));
        expect({ name, found }).toEqual({ name, found: [] });
      }
    });
  });
});
