import { jest } from '@jest/globals';
import { aPerson, aSession, anAuthenticator, PASSWORD } from '../../../testing/a-session';
import { inRequest } from '../../../testing/in-request';
import { SentMail } from '../../../testing/sent-mail';
import { DomainError, newId } from '@tollgate/api/kernel';
import { anOrganization } from '@tollgate/api/organizations/testing';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import type { UserFacts } from '@tollgate/api/users';
import { AuthModule } from '../../auth.module';
import { RESET_MS } from '../../domain/session-lifetime';
import { NO_BROWSER } from '../../sessions/browser';
import { LivingSessions } from '../../sessions/session-principal';
import { SignIn } from '../../sign-in/sign-in';
import { SweepSignIns } from '../../sweep-sign-ins';
import { AskPasswordReset } from './ask-password-reset';
import { FindReset, ResetPassword } from './reset-password';

// Passwords are hashed for real, and a busy machine takes its time.
jest.setTimeout(120_000);

const NEW = 'quiet orange ladder';

const outcome = (act: Promise<unknown>): Promise<string> =>
  act.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

onBothEngines((engine) => {
  const mail = new SentMail();
  let slice: Slice;
  let user: UserFacts;
  let made = 0;

  beforeAll(async () => {
    slice = await bootSlice({
      engine,
      modules: [AuthModule],
      overrides: [...mail.overrides],
      environment: { TOLLGATE_PASSWORD_HASH: 'argon2id' },
    });
  });
  afterAll(() => slice.close());
  beforeEach(async () => {
    made += 1;
    mail.mails.length = 0;
    user = await aPerson(slice, { organizationId: (await anOrganization(slice)).id, roles: ['owner'] });
  });

  const from = <T>(act: () => Promise<T>, address = `10.1.${made >> 8}.${made & 255}`) => inRequest({ address }, act);
  const ask = async (identifier = user.email) => {
    await from(() => slice.get(AskPasswordReset).execute(identifier));
    await slice.runJobs();
  };
  const token = async (email = user.email): Promise<string> =>
    ((await mail.secretFor(email)) ?? '').split('/reset/')[1] ?? '';
  const reset = (secret: string, password = NEW) => from(() => slice.get(ResetPassword).execute(secret, password));
  const signIn = (password: string) => {
    const wish = { identifier: user.email, password, organization: null, returnTo: '/' };
    return from(() => slice.get(SignIn).execute(wish, NO_BROWSER));
  };

  it('a link by mail sets a new password, and the old one is over', async () => {
    await ask(` ${user.email.toUpperCase()} `);
    expect(mail.mails).toMatchObject([{ to: user.email, template: 'password_reset', variables: { minutes: '30' } }]);
    expect(await mail.secretFor(user.email)).toMatch(/^http:\/\/localhost:\d+\/reset\/[A-Za-z0-9_-]{43}$/);
    expect(await outcome(reset(await token()))).toBe('done');
    expect(await outcome(signIn(PASSWORD))).toBe('sign_in_failed');
    expect((await signIn(NEW)).next).toBe('session');
    const events = await slice.database.query<{ action: string }>(
      `SELECT action FROM audit_event WHERE organization_id = ? AND action LIKE 'user.password%' ORDER BY id`,
      [user.organizationId],
    );
    expect(events.map(({ action }) => action)).toEqual(['user.password_reset_requested', 'user.password_reset']);
  });

  it('signs nobody in, ends every session, and leaves the second factor standing', async () => {
    const session = await aSession(slice, user);
    await anAuthenticator(slice, session);
    const begun = await signIn(PASSWORD);
    expect(begun.next).toBe('second_factor');
    await ask();
    await reset(await token());
    expect(await slice.get(LivingSessions).find(session.token)).toBeNull();
    const open = await slice.database.query(
      'SELECT id FROM sign_in_challenge WHERE user_id = ? AND consumed_at IS NULL',
      [user.id],
    );
    expect(open).toEqual([]);
    expect(await slice.database.query('SELECT token_hash FROM known_device WHERE user_id = ?', [user.id])).toEqual([]);
    expect((await signIn(NEW)).next).toBe('second_factor');
  });

  it('a link works once, whoever follows it at the same time', async () => {
    await ask();
    const secret = await token();
    const codes = await Promise.all(Array.from({ length: 12 }, () => outcome(reset(secret))));
    expect(codes.filter((code) => code === 'done')).toHaveLength(1);
    expect(codes.filter((code) => code === 'reset_invalid')).toHaveLength(11);
    expect(await outcome(reset(secret))).toBe('reset_invalid');
  });

  it('looking at a link changes nothing, and it ends after half an hour', async () => {
    await ask();
    const secret = await token();
    for (let i = 0; i < 10; i += 1) await slice.get(FindReset).execute(secret);
    slice.clock.advance(RESET_MS - 1);
    await slice.get(FindReset).execute(secret);
    slice.clock.advance(1);
    expect(await outcome(reset(secret))).toBe('reset_invalid');
    expect(await mail.secretFor(user.email)).toBeNull();
    slice.clock.advance(2 * 86_400_000);
    await slice.get(SweepSignIns).execute();
    expect(await slice.database.query('SELECT id FROM password_reset WHERE user_id = ?', [user.id])).toEqual([]);
  });

  it.each([
    ['another link was sent', () => ask()],
    [
      'the password was changed',
      () => slice.database.execute('UPDATE password_credential SET changed_at = changed_at + 1'),
    ],
    [
      'the address was changed',
      () => slice.database.execute(`UPDATE user SET email = 'x@example.com' WHERE id = ?`, [user.id]),
    ],
    [
      'the person was disabled',
      () => slice.database.execute(`UPDATE user SET status = 'disabled' WHERE id = ?`, [user.id]),
    ],
    [
      'roles were changed',
      () => slice.database.execute('UPDATE user SET security_epoch = security_epoch + 1 WHERE id = ?', [user.id]),
    ],
  ] as [string, () => Promise<unknown>][])('a link is void once %s', async (_what, change) => {
    await ask();
    const secret = await token();
    await change();
    expect(await outcome(reset(secret))).toBe('reset_invalid');
  });

  it('asks the same of the database for somebody it knows and a stranger, and tells neither', async () => {
    const seen: string[][] = [];
    for (const identifier of [user.email, `nobody-${newId('usr').toLowerCase()}@example.com`, 'no address']) {
      const statements: string[] = [];
      const database = slice.database as unknown as Record<string, unknown>;
      for (const name of ['query', 'execute'] as const) {
        const through = slice.database[name].bind(slice.database) as (sql: string, values?: never) => unknown;
        database[name] = (sql: string, values?: never) => {
          statements.push(sql);
          return through(sql, values);
        };
      }
      expect(
        await outcome(from(() => slice.get(AskPasswordReset).execute(identifier), `192.0.2.${seen.length + 1}`)),
      ).toBe('done');
      delete database['query'];
      delete database['execute'];
      seen.push(statements.filter((sql) => !/cache_version|audit_(seal|pending)/.test(sql)));
    }
    expect(seen[0]?.length).toBeGreaterThan(1);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
    await slice.runJobs();
    expect(mail.mails.map(({ to }) => to)).toEqual([user.email]);
  });

  it('sends nobody a link who is disabled, has no role or no password', async () => {
    const { organizationId } = user;
    const disabled = await aPerson(slice, { organizationId });
    await slice.database.execute(`UPDATE user SET status = 'disabled' WHERE id = ?`, [disabled.id]);
    const roleless = await aPerson(slice, { organizationId, roles: [] });
    await slice.database.execute('DELETE FROM password_credential WHERE user_id = ?', [user.id]);
    for (const { email } of [disabled, roleless, user]) await ask(email);
    expect(mail.mails).toEqual([]);
  });

  it('fills no mailbox, and slows down who asks a lot', async () => {
    for (let i = 0; i < 6; i += 1) await ask();
    expect(mail.mails).toHaveLength(3);
    const codes: string[] = [];
    for (let i = 0; i < 10; i += 1) {
      codes.push(await outcome(from(() => slice.get(AskPasswordReset).execute(`stranger-${i}@example.com`))));
    }
    expect(codes.at(-1)).toBe('account_locked');
    slice.clock.advance(3_600_000);
    await ask();
    expect(mail.mails).toHaveLength(4);
  });

  it('keeps link and address out of the database, and nobody reads them in the outbox', async () => {
    await from(() => slice.get(AskPasswordReset).execute(user.email));
    for (const table of ['password_reset_request', 'job']) {
      expect(JSON.stringify(await slice.database.query(`SELECT * FROM ${table}`))).not.toContain(user.email);
    }
    await slice.runJobs();
    const secret = await token();
    expect(secret).toHaveLength(43);
    for (const table of ['password_reset', 'password_reset_request', 'audit_event', 'job']) {
      expect(JSON.stringify(await slice.database.query(`SELECT * FROM ${table}`))).not.toContain(secret);
    }
    expect(JSON.stringify(mail.mails)).not.toContain(secret);
  });

  it('refuses a weak password and leaves the link', async () => {
    await ask();
    const secret = await token();
    expect(await outcome(reset(secret, 'short'))).toBe('password_too_weak');
    expect(await outcome(reset(secret, user.email))).toBe('password_too_weak');
    expect(await outcome(reset(secret))).toBe('done');
  });
});
