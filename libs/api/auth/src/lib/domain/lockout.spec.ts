import fc from 'fast-check';
import { LOCKOUTS, waitAfter, type LockoutKind } from './lockout';

const kinds = Object.keys(LOCKOUTS) as LockoutKind[];

describe('the wait after failed attempts', () => {
  it('is none for the free ones, then doubles', () => {
    const rule = LOCKOUTS.pair;
    expect([1, 4, 5, 6, 7].map((failures) => waitAfter(rule, failures))).toEqual([0, 0, 30_000, 60_000, 120_000]);
  });

  it.each(kinds)('of %s never shrinks with more failures and never passes its cap', (kind) => {
    const rule = LOCKOUTS[kind];
    fc.assert(
      fc.property(fc.nat(100_000), (failures) => {
        const wait = waitAfter(rule, failures);
        return wait <= rule.capMs && wait <= waitAfter(rule, failures + 1);
      }),
    );
  });

  it('leaves a stranger at most a hundred guesses a day at one account', () => {
    const day = 24 * 60 * 60 * 1_000;
    let at = 0;
    let guesses = 0;
    while (at < day) {
      guesses += 1;
      at += waitAfter(LOCKOUTS.account, guesses);
    }
    expect(guesses).toBeLessThan(30 + 100);
  });
});
