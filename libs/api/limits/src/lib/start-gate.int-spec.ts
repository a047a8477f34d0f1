import { randomUUID } from 'node:crypto';
import type { ApplicationFacts } from '@tollgate/api/applications';
import { anApplication } from '@tollgate/api/applications/testing';
import { HttpModule } from '@tollgate/api/http';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { anAttempt, somebody } from '../testing';
import { ChangeLimits } from './change-limits';
import { LimitsModule } from './limits.module';
import { StartGate, SuppressionList, type StartAttempt } from './start-gate';

const MINUTE = 60_000;

onBothEngines((engine) => {
  let slice: Slice;
  let gate: StartGate;
  let application: ApplicationFacts;

  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [HttpModule, LimitsModule] });
    gate = slice.get(StartGate);
  }, 60_000);
  afterAll(() => slice.close());
  beforeEach(async () => {
    application = await anApplication(slice);
  });

  const refusalOf = async (attempt: StartAttempt) => {
    const error: unknown = await gate.admit(attempt).catch((thrown: unknown) => thrown);
    return error as { code: string; details: { retryAfter?: number; param?: string; extra: Record<string, unknown> } };
  };
  const admittedOf = async (attempts: readonly StartAttempt[]): Promise<number> => {
    const results = await Promise.allSettled(attempts.map((attempt) => gate.admit(attempt)));
    return results.filter((result) => result.status === 'fulfilled').length;
  };

  describe('a destination', () => {
    it('is let through five times in ten minutes, and then told when there is room', async () => {
      const attempt = anAttempt(application);
      for (let i = 0; i < 5; i += 1) await gate.admit(attempt);
      slice.clock.advance(MINUTE);
      expect(await refusalOf(attempt)).toMatchObject({
        code: 'quota_exceeded',
        details: {
          retryAfter: 540,
          extra: { violated_policies: [{ name: 'destination_short', limit: 5, window_s: 600, reset_s: 540 }] },
        },
      });
      slice.clock.advance(9 * MINUTE);
      expect(await gate.admit(attempt)).toEqual({ outcome: 'allow', reasons: [] });
    });

    it('is let through ten times a day', async () => {
      const attempt = anAttempt(application);
      for (let i = 0; i < 10; i += 1) {
        await gate.admit(attempt);
        slice.clock.advance(3 * MINUTE);
      }
      slice.clock.advance(10 * MINUTE);
      const { details } = await refusalOf(attempt);
      expect(details.extra).toMatchObject({ violated_policies: [{ name: 'destination_long', limit: 10 }] });
      slice.clock.advance(86_400_000);
      await gate.admit(attempt);
    });

    it('counts no attempt that was refused', async () => {
      const attempt = anAttempt(application);
      await admittedOf(Array.from({ length: 20 }, () => attempt));
      slice.clock.advance(10 * MINUTE);
      expect(await admittedOf(Array.from({ length: 20 }, () => attempt))).toBe(5);
      slice.clock.advance(10 * MINUTE);
      expect(await admittedOf([attempt])).toBe(0);
    });

    it('lets exactly its quota through among parallel starts, new and known', async () => {
      const attempt = anAttempt(application);
      expect(await admittedOf(Array.from({ length: 40 }, () => attempt))).toBe(5);
      slice.clock.advance(10 * MINUTE);
      expect(await admittedOf(Array.from({ length: 40 }, () => attempt))).toBe(5);
    });

    it('is counted across the applications of an organization, and apart from other organizations and test keys', async () => {
      const attempt = anAttempt(application);
      const sibling = await anApplication(slice, { organization: { id: application.organizationId } });
      const stranger = await anApplication(slice);
      expect(await admittedOf(Array.from({ length: 5 }, () => attempt))).toBe(5);
      expect(await admittedOf([{ ...attempt, applicationId: sibling.id }])).toBe(0);
      expect(await admittedOf([{ ...attempt, test: true }])).toBe(1);
      expect(await admittedOf([anAttempt(stranger, { destinationHash: attempt.destinationHash })])).toBe(1);
    });

    it('counts resends like starts', async () => {
      const attempt = anAttempt(application);
      await gate.admit(attempt);
      expect(await admittedOf(Array.from({ length: 10 }, () => ({ ...attempt, kind: 'resend' as const })))).toBe(4);
    });

    it('costs one statement when it is let through, two when MySQL has not seen it', async () => {
      const attempt = anAttempt(application);
      await gate.admit(anAttempt(application));
      // Caches and the platform's own timers read when they like.
      const counted = /\b(destination_counter|suppression|start_attempt|conversion_day|refusal|ledger_\w+)\b/;
      let statements: string[] = [];
      const note = (sql: string) => void (counted.test(sql) && statements.push(sql));
      const { execute, query } = slice.database;
      slice.database.execute = (...args) => (note(args[0]), execute.apply(slice.database, args));
      slice.database.query = (...args) => (note(args[0]), query.apply(slice.database, args) as never);
      const spent = async (start: StartAttempt): Promise<number> => {
        statements = [];
        await gate.admit(start);
        return statements.length;
      };
      try {
        expect(await spent(attempt)).toBe(engine === 'sqlite' ? 1 : 2);
        expect(await spent(attempt)).toBe(1);
        expect(await spent({ ...attempt, channel: 'mobile', destinationHash: null, prefix: null })).toBe(0);
      } finally {
        slice.database.execute = execute;
        slice.database.query = query;
      }
    });
  });

  describe('suppression', () => {
    it('refuses a destination that asked for silence, new and known, until it ends', async () => {
      const fresh = anAttempt(application);
      const known = anAttempt(application);
      await gate.admit(known);
      for (const { destinationHash } of [fresh, known]) {
        await slice.get(SuppressionList).add({
          organizationId: application.organizationId,
          channel: 'sms',
          destinationHash: destinationHash ?? '',
          reason: 'opted_out',
          until: slice.clock.recordedAt() + MINUTE,
        });
      }
      for (const attempt of [fresh, known]) {
        expect(await refusalOf(attempt)).toMatchObject({ code: 'destination_suppressed', details: { param: 'to' } });
        expect(
          await admittedOf([
            { ...attempt, test: true },
            { ...attempt, channel: 'email' },
          ]),
        ).toBe(2);
      }
      slice.clock.advance(MINUTE);
      expect(await admittedOf([fresh, known])).toBe(2);
    });

    it('keeps what a person asked for when a provider reports a failure', async () => {
      const { destinationHash, ...rest } = anAttempt(application);
      const entry = {
        organizationId: application.organizationId,
        channel: 'sms' as const,
        destinationHash: destinationHash ?? '',
      };
      const list = slice.get(SuppressionList);
      await list.add({ ...entry, reason: 'opted_out', until: null });
      await list.add({ ...entry, reason: 'permanent_failure', until: slice.clock.recordedAt() + MINUTE });
      slice.clock.advance(2 * MINUTE);
      expect((await refusalOf({ ...rest, destinationHash })).code).toBe('destination_suppressed');
    });
  });

  describe('shared limits', () => {
    it('names every limit that says no, with what the headers are made from', async () => {
      const person = { clientIp: '2001:db8::1', userRef: 'user_42' };
      for (let i = 0; i < 10; i += 1) await gate.admit(anAttempt(application, person));
      const { code, details } = await refusalOf(anAttempt(application, person));
      expect(code).toBe('quota_exceeded');
      expect(details.extra['violated_policies']).toEqual([
        { name: 'user_ref', limit: 10, window_s: 600, reset_s: expect.any(Number) },
      ]);
      expect(details.retryAfter).toBeGreaterThan(0);
    });

    it('counts a whole /64 as one client', async () => {
      const changed = { policy: 'client_ip' as const, quota: 3 };
      await slice.get(ChangeLimits).execute(somebody(), { rules: [changed] });
      const from = (clientIp: string) => anAttempt(application, { clientIp });
      const network = `2001:db8:${Math.floor(Math.random() * 60_000).toString(16)}:1`;
      expect(await admittedOf(['1', '2', '3', '4'].map((host) => from(`${network}::${host}`)))).toBe(3);
      expect(await admittedOf([from(`${network.slice(0, -1)}2::1`)])).toBe(1);
      await slice.get(ChangeLimits).execute(somebody(), { rules: [{ ...changed, quota: 120 }] });
    });

    it('takes nothing from a destination when another limit refused', async () => {
      await slice.get(ChangeLimits).execute(somebody(), { rules: [{ policy: 'user_ref', quota: 1 }] });
      const attempt = anAttempt(application, { userRef: randomUUID() });
      expect(await admittedOf(Array.from({ length: 10 }, () => attempt))).toBe(1);
      await slice.get(ChangeLimits).execute(somebody(), { rules: [{ policy: 'user_ref', quota: 10 }] });
      expect(await admittedOf(Array.from({ length: 10 }, () => ({ ...attempt, userRef: null })))).toBe(4);
    });

    it('limits a resend by application and destination alone', async () => {
      const attempt = anAttempt(application, { userRef: randomUUID() });
      for (let i = 0; i < 10; i += 1) await gate.admit(anAttempt(application, { userRef: attempt.userRef }));
      expect(await admittedOf([{ ...attempt, kind: 'resend' }])).toBe(1);
    });
  });

  describe('live changes', () => {
    it('hold at once in every process, and for the channel that they name', async () => {
      const other = await bootSlice({ engine, modules: [HttpModule, LimitsModule], beside: slice });
      const attempt = anAttempt(application);
      await other.get(StartGate).admit(anAttempt(application));
      const change = { policy: 'destination_short' as const, channel: 'sms' as const, quota: 2 };
      const view = await slice.get(ChangeLimits).execute(somebody(), { rules: [change], reason: 'An attack' });
      expect(view.rules).toContainEqual(
        expect.objectContaining({ policy: 'destination_short', channel: 'sms', quota: 2 }),
      );
      expect(await admittedOf([attempt, attempt, attempt])).toBe(2);
      expect(
        await admittedOf(Array.from({ length: 6 }, () => ({ ...attempt, test: true, channel: 'email' as const }))),
      ).toBe(5);
      await new Promise((resolve) => setTimeout(resolve, 800));
      const elsewhere = anAttempt(application);
      const results = await Promise.allSettled([1, 2, 3].map(() => other.get(StartGate).admit(elsewhere)));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(2);
      await slice.get(ChangeLimits).execute(somebody(), { rules: [{ ...change, quota: 5 }] });
      await other.close();
    });

    it('refuse a change that was made from an older version', async () => {
      const { version } = await slice
        .get(ChangeLimits)
        .execute(somebody(), { rules: [{ policy: 'country', quota: 20_000 }] });
      const change = (quota: number) =>
        slice.get(ChangeLimits).execute(somebody(), { version, rules: [{ policy: 'country', quota }] });
      const results = await Promise.allSettled([change(19_000), change(18_000)]);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
      await expect(change(1)).rejects.toMatchObject({ code: 'version_conflict' });
    });

    it('switch a limit off', async () => {
      const attempt = anAttempt(application);
      const off = (enabled: boolean) =>
        slice.get(ChangeLimits).execute(somebody(), {
          rules: [
            { policy: 'destination_short', enabled },
            { policy: 'destination_short', channel: 'sms', enabled },
          ],
        });
      await off(false);
      expect(await admittedOf(Array.from({ length: 12 }, () => attempt))).toBe(10);
      await off(true);
    });
  });
});
