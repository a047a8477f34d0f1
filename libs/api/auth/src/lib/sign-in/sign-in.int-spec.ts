import { jest } from '@jest/globals';
import { AuthModule } from '../auth.module';
import { aPerson, anAuthenticator, aSession, PASSWORD } from '../../testing/a-session';
import { inRequest } from '../../testing/in-request';
import { SentMail } from '../../testing/sent-mail';
import { Passwords, randomToken } from '@tollgate/api/crypto';
import { DomainError, newId } from '@tollgate/api/kernel';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import type { UserFacts } from '@tollgate/api/users';
import { aUser } from '@tollgate/api/users/testing';
import { CHALLENGE_MS } from '../domain/session-lifetime';
import { NO_BROWSER, type Browser } from '../sessions/browser';
import { LivingSessions } from '../sessions/session-principal';
import { CompleteSignIn } from './complete-sign-in';
import { SignIn } from './sign-in';

// A busy machine takes its time.
jest.setTimeout(60_000);

const outcome = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
const tally = (codes: readonly string[]): Record<string, number> =>
  codes.reduce<Record<string, number>>((sum, code) => ({ ...sum, [code]: (sum[code] ?? 0) + 1 }), {});

/** Counts hashes instead of making them; the right password is known by its hash. */
class CountedPasswords {
  hashes = 0;
  decoys = 0;
  hash(password: string): Promise<string> {
    return Promise.resolve(`hash of ${password}`);
  }
  verify(password: string, stored: string | null): Promise<{ ok: boolean; renew: boolean }> {
    this.hashes += 1;
    if (stored === null) this.decoys += 1;
    return Promise.resolve({ ok: stored === `hash of ${password}`, renew: false });
  }
}

onBothEngines((engine) => {
  const mail = new SentMail();
  const passwords = new CountedPasswords();
  let slice: Slice;
  let address: string;
  let user: UserFacts;
  let made = 0;

  beforeAll(async () => {
    slice = await bootSlice({
      engine,
      modules: [AuthModule],
      overrides: [...mail.overrides, { provide: Passwords, useValue: passwords }],
    });
  });
  afterAll(() => slice.close());
  beforeEach(async () => {
    made += 1;
    address = `198.51.${Math.floor(made / 200)}.${made % 200}`;
    user = await aPerson(slice, { organizationId: (await anOrganization(slice)).id, roles: ['owner'] });
  });

  const signIn = (identifier: string, password: string, browser: Browser = NO_BROWSER, from = address) =>
    inRequest({ address: from }, () =>
      slice.get(SignIn).execute({ identifier, organization: null, password, returnTo: '/o/acme' }, browser),
    );
  const challenge = async (browser: Browser = NO_BROWSER): Promise<string> => {
    const step = await signIn(user.email, PASSWORD, browser);
    if (step.next !== 'second_factor') throw new Error('there was no challenge');
    return step.challengeToken;
  };
  const complete = (token: string | null, code: string, browser: Browser = NO_BROWSER) =>
    inRequest({ address }, () => slice.get(CompleteSignIn).execute(token, code, browser));

  describe('with a password', () => {
    it('opens a session, however the address is written', async () => {
      const step = await signIn(` ${user.email.toUpperCase()} `, PASSWORD);
      if (step.next !== 'session') throw new Error('there was no session');
      expect(step.returnTo).toBe('/o/acme');
      const living = await slice.get(LivingSessions).find(step.session.token);
      expect(living?.user.id).toBe(user.id);
      expect(living?.session).toMatchObject({ assuranceLevel: 1, methods: 'password', address });
    });

    it('stores only the hash of the token', async () => {
      const step = await signIn(user.email, PASSWORD);
      const token = step.next === 'session' ? step.session.token : '';
      for (const table of ['session', 'known_device', 'audit_event', 'sign_in_challenge', 'lockout']) {
        const rows = await slice.database.query(`SELECT * FROM ${table}`);
        expect(JSON.stringify(rows)).not.toContain(token);
      }
    });

    it('gives a new session whatever the browser brought, and ends the one it had', async () => {
      const planted = randomToken();
      const first = await signIn(user.email, PASSWORD, { sessionToken: planted, deviceToken: null });
      const one = first.next === 'session' ? first.session.token : '';
      expect(one).not.toBe(planted);
      expect(await slice.get(LivingSessions).find(planted)).toBeNull();
      const second = await signIn(user.email, PASSWORD, { sessionToken: one, deviceToken: null });
      expect(second.next === 'session' && second.session.token).not.toBe(one);
      expect(await slice.get(LivingSessions).find(one)).toBeNull();
    });

    it('answers unknown, wrong, disabled, pending and password-less alike, after one hash each', async () => {
      const organizationId = user.organizationId;
      const disabled = await aPerson(slice, { organizationId });
      await slice.database.execute("UPDATE user SET status = 'disabled' WHERE id = ?", [disabled.id]);
      const pending = await aPerson(slice, { organizationId });
      await slice.database.execute("UPDATE user SET status = 'pending' WHERE id = ?", [pending.id]);
      const bare = await aUser(slice, { organizationId });
      const roleless = await aPerson(slice, { organizationId, roles: [] });
      const cases: [string, string][] = [
        ['nobody@example.com', PASSWORD],
        ['not an address', PASSWORD],
        [user.email, 'wrong'],
        [disabled.email, 'wrong'],
        [disabled.email, PASSWORD],
        [pending.email, PASSWORD],
        [bare.email, PASSWORD],
        [roleless.email, PASSWORD],
      ];
      for (const [identifier, password] of cases) {
        passwords.hashes = 0;
        const error: unknown = await signIn(identifier, password).catch((thrown: unknown) => thrown);
        expect([identifier, error]).toEqual([
          identifier,
          expect.objectContaining({ code: 'sign_in_failed', details: {} }),
        ]);
        expect([identifier, passwords.hashes]).toEqual([identifier, 1]);
      }
    });

    it('runs the same statements for somebody known and a stranger', async () => {
      const seen: string[][] = [];
      for (const identifier of [user.email, `nobody-${newId('usr').toLowerCase()}@example.com`]) {
        const statements: string[] = [];
        const { query, execute } = slice.database;
        const database = slice.database as unknown as Record<string, unknown>;
        database['query'] = (sql: string, values?: never) => {
          statements.push(sql);
          return query.call(slice.database, sql, values);
        };
        database['execute'] = (sql: string, values?: never) => {
          statements.push(sql);
          return execute.call(slice.database, sql, values);
        };
        await outcome(signIn(identifier, 'wrong', NO_BROWSER, `192.0.2.${seen.length + 1}`));
        delete database['query'];
        delete database['execute'];
        // Other work of the process may fall between: versions of caches, the sealing of audit rows.
        seen.push(statements.filter((sql) => !/cache_version|audit_(seal|pending)/.test(sql)));
      }
      expect(seen[0]?.length).toBeGreaterThan(3);
      expect(seen[1]).toEqual(seen[0]);
    });

    it('finds the account of the named organization', async () => {
      const other = await anOrganization(slice);
      const twin = await aPerson(slice, { organizationId: other.id, email: user.email });
      const wish = { identifier: user.email, password: PASSWORD, returnTo: '/' };
      const inOther = await slice.get(SignIn).execute({ ...wish, organization: other.slug }, NO_BROWSER);
      expect(inOther.next === 'session' && inOther.session.user.id).toBe(twin.id);
      expect(await outcome(slice.get(SignIn).execute({ ...wish, organization: 'no-such' }, NO_BROWSER))).toBe(
        'sign_in_failed',
      );
    });

    it('writes every outcome into the audit log', async () => {
      await outcome(signIn(user.email, 'wrong'));
      await signIn(user.email, PASSWORD);
      const rows = await slice.database.query<{ action: string; outcome: string; actor_kind: string }>(
        "SELECT action, outcome, actor_kind FROM audit_event WHERE organization_id = ? AND action LIKE 'sign_in%' ORDER BY id",
        [user.organizationId],
      );
      expect(rows).toEqual([
        { action: 'sign_in.failed', outcome: 'failure', actor_kind: 'anonymous' },
        { action: 'sign_in.succeeded', outcome: 'success', actor_kind: 'session' },
      ]);
    });
  });

  describe('after too many wrong passwords', () => {
    it('slows one address down, and then lets it in again', async () => {
      for (let i = 0; i < 5; i += 1) expect(await outcome(signIn(user.email, 'wrong'))).toBe('sign_in_failed');
      const error: unknown = await signIn(user.email, PASSWORD).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ code: 'account_locked', details: { retryAfter: 30 } });
      slice.clock.advance(30_000);
      expect(await outcome(signIn(user.email, PASSWORD))).toBe('done');
      expect(await outcome(signIn(user.email, 'wrong'))).toBe('sign_in_failed');
    });

    it('does so for an address that nobody has, in the same way', async () => {
      const nobody = `nobody-${newId('usr').toLowerCase()}@example.com`;
      const codes = [];
      for (let i = 0; i < 7; i += 1) codes.push(await outcome(signIn(nobody, 'wrong')));
      expect(tally(codes)).toEqual({ sign_in_failed: 5, account_locked: 2 });
    });

    it('judges no more than the free guesses of fifty in parallel', async () => {
      passwords.hashes = 0;
      const codes = await Promise.all(Array.from({ length: 50 }, () => outcome(signIn(user.email, 'wrong'))));
      expect(tally(codes)).toEqual({ sign_in_failed: 5, account_locked: 45 });
      expect(passwords.hashes).toBe(5);
    });

    it('waits longer after each further failure, and never longer than a quarter of an hour', async () => {
      const waits: number[] = [];
      for (let i = 0; i < 14; i += 1) {
        await outcome(signIn(user.email, 'wrong'));
        const error: unknown = await signIn(user.email, 'wrong').catch((thrown: unknown) => thrown);
        const wait = error instanceof DomainError ? (error.details.retryAfter ?? 0) : 0;
        if (wait > 0) waits.push(wait);
        slice.clock.advance(wait * 1_000);
      }
      expect(waits.slice(0, 5)).toEqual([30, 60, 120, 240, 480]);
      expect(Math.max(...waits)).toBe(900);
    });

    it('never keeps the owner out of a browser that signed in before', async () => {
      const session = await aSession(slice, user);
      const browser = { sessionToken: null, deviceToken: session.deviceToken };
      for (let i = 0; i < 60; i += 1) await outcome(signIn(user.email, 'wrong', NO_BROWSER, `10.0.${i}.1`));
      expect(await outcome(signIn(user.email, PASSWORD, NO_BROWSER, '10.9.9.9'))).toBe('account_locked');
      expect(await outcome(signIn(user.email, PASSWORD, browser, '10.0.1.1'))).toBe('done');
    });

    it('gives no rights to a browser that is known to somebody else', async () => {
      const other = await aSession(slice, await aPerson(slice, { organizationId: user.organizationId }));
      const browser = { sessionToken: null, deviceToken: other.deviceToken };
      for (let i = 0; i < 5; i += 1) await outcome(signIn(user.email, 'wrong'));
      expect(await outcome(signIn(user.email, PASSWORD, browser))).toBe('account_locked');
    });

    it('counts one IPv6 network as one, and slows down whoever tries many accounts', async () => {
      for (let i = 0; i < 5; i += 1)
        await outcome(signIn(user.email, 'wrong', NO_BROWSER, `2001:db8:${made}:1::${i + 1}`));
      expect(await outcome(signIn(user.email, 'wrong', NO_BROWSER, `2001:DB8:${made}:1:ffff::9`))).toBe(
        'account_locked',
      );
      for (let i = 0; i < 50; i += 1) await outcome(signIn(`spray-${made}-${i}@example.com`, 'wrong'));
      expect(await outcome(signIn(`spray-${made}-more@example.com`, 'wrong'))).toBe('account_locked');
    });
  });

  describe('with a second factor', () => {
    it('asks for the code, and opens a session of level 2', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      const token = await challenge();
      const done = await complete(token, factor.code());
      expect(done.returnTo).toBe('/o/acme');
      const living = await slice.get(LivingSessions).find(done.session.token);
      expect(living?.session).toMatchObject({ assuranceLevel: 2, methods: 'password,totp' });
    });

    it('takes one of fifty equal codes at once', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      const tokens = await Promise.all(Array.from({ length: 4 }, () => challenge()));
      const code = factor.code();
      const codes = await Promise.all(
        Array.from({ length: 50 }, (_, i) => outcome(complete(tokens[i % tokens.length] ?? null, code))),
      );
      expect(tally(codes)['done']).toBe(1);
    });

    it('takes one of fifty equal recovery codes at once, and never again', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      const [code = ''] = factor.recoveryCodes;
      const tokens = await Promise.all(Array.from({ length: 4 }, () => challenge()));
      const codes = await Promise.all(
        Array.from({ length: 50 }, (_, i) => outcome(complete(tokens[i % tokens.length] ?? null, code))),
      );
      expect(tally(codes)['done']).toBe(1);
      slice.clock.advance(3_600_000);
      expect(await outcome(complete(await challenge(), code))).toBe('wrong_factor_code');
      const [, second = ''] = factor.recoveryCodes;
      slice.clock.advance(3_600_000);
      expect(await outcome(complete(await challenge(), second.toLowerCase().replace('-', ' ')))).toBe('done');
    });

    it('refuses a code that was used, and the one before it', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      const before = factor.code();
      slice.clock.advance(30_000);
      const now = factor.code();
      expect(await outcome(complete(await challenge(), now))).toBe('done');
      expect(await outcome(complete(await challenge(), now))).toBe('wrong_factor_code');
      expect(await outcome(complete(await challenge(), before))).toBe('wrong_factor_code');
    });

    it('takes a clock that is one step off, and no more', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      const early = factor.code();
      slice.clock.advance(60_000);
      expect(await outcome(complete(await challenge(), early))).toBe('wrong_factor_code');
      const late = factor.code();
      slice.clock.advance(30_000);
      expect(await outcome(complete(await challenge(), late))).toBe('done');
    });

    it('is over after five wrong codes, even for the right one', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      const token = await challenge();
      for (let i = 0; i < 5; i += 1) {
        expect(await outcome(complete(token, '000000'))).toBe('wrong_factor_code');
      }
      expect(await outcome(complete(token, factor.code()))).toBe('sign_in_failed');
      expect(await outcome(complete(await challenge(), factor.code()))).toBe('account_locked');
      slice.clock.advance(60_000);
      expect(await outcome(complete(await challenge(), factor.code()))).toBe('done');
    });

    it('cannot be completed without its password step, too late, twice, or after its person changed', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      expect(await outcome(complete(null, factor.code()))).toBe('sign_in_failed');
      expect(await outcome(complete(randomToken(), factor.code()))).toBe('sign_in_failed');
      const late = await challenge();
      slice.clock.advance(CHALLENGE_MS);
      expect(await outcome(complete(late, factor.code()))).toBe('sign_in_failed');
      const token = await challenge();
      expect(await outcome(complete(token, factor.code()))).toBe('done');
      slice.clock.advance(30_000);
      expect(await outcome(complete(token, factor.code()))).toBe('sign_in_failed');
      const stale = await challenge();
      await slice.database.execute('UPDATE user SET security_epoch = security_epoch + 1 WHERE id = ?', [user.id]);
      expect(await outcome(complete(stale, factor.code()))).toBe('sign_in_failed');
    });

    it('keeps the authenticator usable when the code met a challenge that was over', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      await outcome(complete(randomToken(), factor.code()));
      expect(await outcome(complete(await challenge(), factor.code()))).toBe('done');
    });

    it('stores the seed sealed and the recovery codes hashed', async () => {
      const factor = await anAuthenticator(slice, await aSession(slice, user));
      const rows = [
        ...(await slice.database.query('SELECT * FROM user_factor')),
        ...(await slice.database.query('SELECT * FROM recovery_code')),
        ...(await slice.database.query('SELECT * FROM audit_event')),
      ];
      const dump = JSON.stringify(rows);
      expect(dump).not.toContain(factor.secret);
      for (const code of factor.recoveryCodes) expect(dump).not.toContain(code);
      expect(factor.recoveryCodes).toHaveLength(10);
    });
  });
});
