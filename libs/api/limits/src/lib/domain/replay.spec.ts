import { NOBODY } from './fraud-allow';
import { DEFAULT_FRAUD_RULES } from './fraud-defaults';
import { changedFraudRules } from './fraud-change';
import { changedRules, DEFAULT_LIMITS, RuleBook } from './limit-rules';
import { effectOf, replayGuard, replayLimits, type ReplayedStart } from './replay';

const MINUTE = 60_000;
const start = (at: number, over: Partial<ReplayedStart> = {}): ReplayedStart => ({
  kind: 'started',
  organizationId: 'org_1',
  applicationId: 'app_1',
  test: false,
  channel: 'sms',
  country: 'ZA',
  prefix: '+27821234',
  network: null,
  userHash: null,
  destinationHash: 'd1',
  at,
  ...over,
});
const current = new RuleBook(DEFAULT_LIMITS);
const refusedBy = (starts: readonly ReplayedStart[], rules: RuleBook) => [...replayLimits(starts, rules).values()];

describe('replayLimits', () => {
  it('refuses what the gate would have refused, and counts no refused start', () => {
    const starts = [0, 1, 2, 3, 4, 5, 6, 10, 11].map((minute) => start(minute * MINUTE));
    expect(refusedBy(starts, current)).toEqual([
      ...[null, null, null, null, null],
      ...['destination_short', 'destination_short'],
      ...[null, null],
    ]);
  });

  it('tells what a tighter limit would have refused', () => {
    const starts = Array.from({ length: 6 }, (_, i) => start(i * MINUTE, { destinationHash: `d${i}`, userHash: 'u' }));
    const tighter = new RuleBook(changedRules(DEFAULT_LIMITS, [{ policy: 'user_ref', quota: 4 }]));
    const effect = effectOf(starts, replayLimits(starts, current), replayLimits(starts, tighter));
    expect(effect).toMatchObject({
      considered: 6,
      refusedNow: 0,
      wouldRefuse: 2,
      wouldRefuseApproved: 0,
      byPolicy: [{ policy: 'user_ref', wouldRefuse: 2, refusedNow: 0 }],
      organizations: [{ organizationId: 'org_1', wouldRefuse: 2, considered: 6 }],
    });
  });

  it('says how many of them were real people: those who typed the right code', () => {
    const starts = [
      start(0, { destinationHash: 'a', userHash: 'u' }),
      start(1 * MINUTE, { destinationHash: 'b', userHash: 'u' }),
      start(2 * MINUTE, { destinationHash: 'b', kind: 'approved' }),
      start(3 * MINUTE, { destinationHash: 'c', userHash: 'u' }),
    ];
    const tighter = new RuleBook(changedRules(DEFAULT_LIMITS, [{ policy: 'user_ref', quota: 1 }]));
    const effect = effectOf(starts, replayLimits(starts, current), replayLimits(starts, tighter));
    expect(effect).toMatchObject({ considered: 3, wouldRefuse: 2, wouldRefuseApproved: 1 });
  });

  it('asks starts that were refused then once more', () => {
    const starts = Array.from({ length: 7 }, (_, i) => start(i, i < 5 ? {} : { kind: 'refused' }));
    const looser = new RuleBook(changedRules(DEFAULT_LIMITS, [{ policy: 'destination_short', quota: 7 }]));
    const effect = effectOf(starts, replayLimits(starts, current), replayLimits(starts, looser));
    expect(effect).toMatchObject({ considered: 7, refusedNow: 2, wouldRefuse: 0 });
  });
});

describe('replayGuard', () => {
  const pumped = Array.from({ length: 60 }, (_, i) => start(i * 5 * MINUTE, { destinationHash: `p${i}` }));
  const enforced = changedFraudRules(DEFAULT_FRAUD_RULES, [{ rule: 'unverified_prefix', mode: 'enforce' }]);

  it('blocks what an enforced rule would have blocked, and nothing that is only recorded', () => {
    const recorded = [...replayGuard(pumped, DEFAULT_FRAUD_RULES, NOBODY).values()];
    expect(recorded.filter((rule) => rule !== null)).toEqual([]);
    const blocked = [...replayGuard(pumped, enforced, NOBODY).values()];
    expect(blocked.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => null));
    expect(blocked.at(-1)).toBe('unverified_prefix');
  });

  it('lets pass whom the allow-list names and who was verified before', () => {
    const allow = { ...NOBODY, prefixes: ['+2782'] };
    expect([...replayGuard(pumped, enforced, allow).values()].every((rule) => rule === null)).toBe(true);
    const person = [start(0, { destinationHash: 'me' }), start(MINUTE, { destinationHash: 'me', kind: 'approved' })];
    const again = start(400 * MINUTE, { destinationHash: 'me' });
    const replay = replayGuard(
      [...person, ...pumped, again].sort((a, b) => a.at - b.at),
      enforced,
      NOBODY,
    );
    expect(replay.get(again)).toBeNull();
  });

  it('judges SMS alone', () => {
    const mails = pumped.map((one) => ({ ...one, channel: 'email' as const }));
    expect(replayGuard(mails, enforced, NOBODY).size).toBe(0);
  });
});
