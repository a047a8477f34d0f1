import type { ApplicationFacts } from '@tollgate/api/applications';
import { anApplication } from '@tollgate/api/applications/testing';
import { UnitOfWork } from '@tollgate/api/database';
import { HttpModule } from '@tollgate/api/http';
import { RequestContext } from '@tollgate/api/kernel';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import fc from 'fast-check';
import { aNumber, somebody } from '../testing';
import { afterWrong, type GuessCount } from './domain/guess-slowdown';
import { LimitsModule } from './limits.module';
import { GuessCounters } from './persistence/guess-counters';
import { ReleaseGuessLock } from './release-guess-lock';
import { GuessGate } from './start-gate';

const MINUTE = 60_000;

onBothEngines((engine) => {
  let slice: Slice;
  let gate: GuessGate;
  let application: ApplicationFacts;
  let destination: string;
  let at: number;

  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [HttpModule, LimitsModule] });
    gate = slice.get(GuessGate);
  }, 60_000);
  afterAll(() => slice.close());
  beforeEach(async () => {
    application = await anApplication(slice);
    destination = aNumber().destinationHash;
    at = slice.clock.recordedAt();
  });

  const note = (right: boolean, atMs = at) =>
    slice.get(UnitOfWork).run(() => gate.note(application.id, destination, right, atMs));
  const wrong = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i += 1) await note(false);
  };
  const blockedUntil = async (atMs = at) => (await gate.state(application.id, destination, atMs)).blockedUntil;

  it('slows guessing down from the tenth wrong code of an hour on, longer with each', async () => {
    await wrong(9);
    expect(await blockedUntil()).toBeNull();
    await wrong(1);
    expect(await blockedUntil()).toBe(at + MINUTE);
    expect(await blockedUntil(at + MINUTE)).toBeNull();
    await note(false, at + MINUTE);
    expect(await blockedUntil(at + MINUTE)).toBe(at + 3 * MINUTE);
  });

  it('forgets the series with a right code', async () => {
    await wrong(12);
    await note(true);
    expect(await blockedUntil()).toBeNull();
    await wrong(9);
    expect(await blockedUntil()).toBeNull();
  });

  it('locks at a hundred until staff let it guess again, and says so in the audit log once', async () => {
    await slice.get(UnitOfWork).run(async () => {
      for (let i = 0; i < 99; i += 1) await gate.note(application.id, destination, false, at + i * 61 * MINUTE);
    });
    const late = at + 200 * 61 * MINUTE;
    expect(await blockedUntil(late)).toBeNull();
    await note(false, late);
    await note(false, late);
    expect(await blockedUntil(late + 365 * 1_440 * MINUTE)).toBe(Number.POSITIVE_INFINITY);

    const caller = somebody();
    const { data } = await slice.get(ReleaseGuessLock).page(caller, { application_id: application.id });
    expect(data).toEqual([
      expect.objectContaining({ state: 'locked', wrong_checks: 101, blocked_until: null, test: false }),
    ]);
    await slice.get(ReleaseGuessLock).execute(data[0]?.id ?? '', 'Called us, and was recognized');
    expect(await blockedUntil(late)).toBeNull();
    await expect(slice.get(ReleaseGuessLock).execute(data[0]?.id ?? '', 'again')).rejects.toMatchObject({
      code: 'not_found',
    });
    const audited = await slice.database.query<{ action: string }>(
      'SELECT action FROM audit_event WHERE target_id = ? ORDER BY occurred_at, id',
      [data[0]?.id ?? ''],
    );
    expect(audited.map((event) => event.action).sort()).toEqual(['destination.locked', 'destination.unlocked']);
  });

  it('counts every one of parallel wrong codes', async () => {
    await Promise.all(Array.from({ length: 40 }, () => note(false)));
    const subject = { applicationId: application.id, destinationHash: destination, test: false };
    expect(await slice.get(GuessCounters).find(subject)).toMatchObject({ consecutive: 40, windowCount: 40 });
  });

  it('keeps applications, destinations and test keys apart', async () => {
    const principal = { ...somebody({ platformStaff: false }), test: true };
    const addresses = { effective: '192.0.2.1', forwarded: null, remote: '192.0.2.1' };
    const facts = { requestId: 'req_1', addresses, userAgent: null, principal, clockShiftMs: 0 };
    await RequestContext.run(facts, () => wrong(10));
    expect(await blockedUntil()).toBeNull();
    expect(await RequestContext.run(facts, () => blockedUntil())).toBe(at + MINUTE);
    await wrong(10);
    expect((await gate.state((await anApplication(slice)).id, destination, at)).blockedUntil).toBeNull();
    expect((await gate.state(application.id, aNumber().destinationHash, at)).blockedUntil).toBeNull();
  });

  it('computes in its one statement exactly what the rule says', async () => {
    const counters = slice.get(GuessCounters);
    const step = fc.oneof(fc.nat(120_000), fc.nat(2 * 3_600_000));
    const rules = fc.record({
      slowFrom: fc.integer({ min: 1, max: 6 }),
      windowMs: fc.constantFrom(60_000, 3_600_000),
      lockAt: fc.integer({ min: 1, max: 20 }),
    });
    await fc.assert(
      fc.asyncProperty(rules, fc.array(step, { minLength: 1, maxLength: 20 }), async (rule, steps) => {
        const subject = { applicationId: application.id, destinationHash: aNumber().destinationHash, test: false };
        let expected: GuessCount | null = null;
        let now = at;
        for (const ms of steps) {
          now += ms;
          await counters.addWrong(subject, application.organizationId, rule, now);
          expected = afterWrong(expected, rule, now);
          expect(await counters.find(subject)).toEqual({ id: expect.any(String), ...expected });
        }
      }),
      { numRuns: 40 },
    );
  });
});
