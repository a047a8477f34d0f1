import { resendAvailableAt } from './cool-down';
import { readDestination } from './destination';
import { FOR_EVER, lockedUntil, triesLeft } from './factor-lock';
import { scenarioOf } from './scenario';
import { judge, reasonOf, type CheckSubject } from './verdict';

describe('the cool-down between sends', () => {
  it('is 30 seconds and doubles, and after five sends there is no other', () => {
    expect([1, 2, 3, 4, 5].map((sends) => resendAvailableAt(sends, 0))).toEqual([
      30_000,
      60_000,
      120_000,
      240_000,
      null,
    ]);
  });
});

describe('the verdict on a check', () => {
  const pending: CheckSubject = { status: 'pending', expiresAt: 1000, checkCount: 0, maxChecks: 3 };

  it('approves a right code', () => {
    expect(judge(pending, 'right', 999)).toMatchObject({ valid: true, status: 'approved', reason: null });
  });

  it('approves a right code at the last check', () => {
    expect(judge({ ...pending, checkCount: 2 }, 'right', 999)).toMatchObject({ valid: true, status: 'approved' });
  });

  it('counts a wrong code', () => {
    expect(judge(pending, 'wrong_code', 0)).toMatchObject({ valid: false, status: 'pending', reason: 'wrong_code' });
  });

  it('fails at the last wrong code', () => {
    expect(judge({ ...pending, checkCount: 2 }, 'wrong_code', 0)).toMatchObject({
      valid: false,
      status: 'failed',
      reason: 'too_many_checks',
      outcome: 'wrong_code',
    });
  });

  it('does not look at the code at the very instant of expiry', () => {
    expect(judge(pending, 'right', 1000)).toEqual({ kind: 'ended', reason: 'expired', overdue: true });
  });

  it.each([
    ['approved', 'already_used'],
    ['failed', 'too_many_checks'],
    ['expired', 'expired'],
    ['canceled', 'canceled'],
    ['undeliverable', 'undeliverable'],
    ['blocked', 'blocked'],
  ] as const)('says of a verification that is %s: %s, even for the right code', (status, reason) => {
    expect(judge({ ...pending, status }, 'right', 0)).toEqual({ kind: 'ended', reason, overdue: false });
  });

  it('an approved or pending verification has no reason in its view', () => {
    expect([reasonOf('pending'), reasonOf('approved'), reasonOf('failed')]).toEqual([null, null, 'too_many_checks']);
  });
});

describe('scenarios of test mode', () => {
  it.each([
    ['+27821234504', '04'],
    ['+27821234512', '12'],
    ['+27821234513', null],
    ['+27821234567', null],
    ['ada+08@example.com', '08'],
    ['ada+news@example.com', null],
    ['ada+13@example.com', null],
    ['ada08@example.com', null],
  ])('%s asks for %s', (to, scenario) => {
    expect(scenarioOf(readDestination(to))).toBe(scenario);
  });
});

describe('the lock of an authenticator', () => {
  it('starts after five wrong codes with 30 seconds, doubles to an hour, and is for good after 100', () => {
    const pauses = [4, 5, 6, 7, 11, 12, 13, 99].map((failures) => lockedUntil(failures, 0));
    expect(pauses).toEqual([null, 30_000, 60_000, 120_000, 1_920_000, 3_600_000, 3_600_000, 3_600_000]);
    expect(lockedUntil(100, 0)).toBe(FOR_EVER);
  });

  it('says how many tries are left', () => {
    expect([0, 4, 5, 9].map(triesLeft)).toEqual([5, 1, 0, 0]);
  });
});
