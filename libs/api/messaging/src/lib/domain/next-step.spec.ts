import * as fc from 'fast-check';
import type { ErrorClass, SendResult } from './delivery-provider';
import { giveUp, nextStep, type Standing } from './next-step';

const STANDING: Standing = {
  attempts: 1,
  retries: 0,
  maybeSent: false,
  accepted: false,
  expired: false,
  hasAnother: true,
};
const refused = (errorClass: ErrorClass): SendResult => ({ kind: 'refused', class: errorClass, code: 'x' });
const UNKNOWN: SendResult = { kind: 'unknown', code: 'timeout' };
const FAILED = { kind: 'settle', state: 'failed', final: true };

describe('what follows a call', () => {
  it('settles what was accepted, and what is known to have arrived', () => {
    const accepted = { kind: 'accepted', providerMessageId: null, segments: null } as const;
    expect(nextStep(accepted, STANDING)).toEqual({ kind: 'settle', state: 'accepted', final: false });
    expect(nextStep({ ...accepted, delivered: true }, STANDING)).toMatchObject({ state: 'delivered' });
  });

  it.each<ErrorClass>(['permanent_config', 'content', 'failover'])(
    'goes to another provider after %s, while there is one',
    (errorClass) => {
      expect(nextStep(refused(errorClass), STANDING)).toEqual({ kind: 'failover' });
      expect(nextStep(refused(errorClass), { ...STANDING, hasAnother: false })).toEqual(FAILED);
      expect(nextStep(refused(errorClass), { ...STANDING, expired: true })).toEqual(FAILED);
    },
  );

  it.each<ErrorClass>(['permanent_destination', 'fraud', 'expired'])('stops after %s', (errorClass) => {
    expect(nextStep(refused(errorClass), STANDING)).toEqual(FAILED);
  });

  it('comes back later when asked to, twice, and then goes elsewhere', () => {
    expect(nextStep(refused('retry_same'), STANDING)).toEqual({ kind: 'retry', afterMs: 1_000 });
    expect(nextStep({ ...refused('retry_same'), retryAfterMs: 7_000 } as SendResult, STANDING)).toEqual({
      kind: 'retry',
      afterMs: 7_000,
    });
    expect(nextStep(refused('retry_same'), { ...STANDING, retries: 2 })).toEqual({ kind: 'failover' });
  });

  it('fails over once after an unknown outcome, and leaves it unknown after the second', () => {
    expect(nextStep(UNKNOWN, STANDING)).toEqual({ kind: 'failover' });
    expect(nextStep(UNKNOWN, { ...STANDING, maybeSent: true })).toEqual({
      kind: 'settle',
      state: 'unknown',
      final: false,
    });
    expect(nextStep(UNKNOWN, { ...STANDING, hasAnother: false })).toMatchObject({ state: 'unknown' });
  });

  it('never refunds what may have been sent, and never goes on without end', () => {
    const results = fc.oneof(
      fc.constant(UNKNOWN),
      fc
        .constantFrom<ErrorClass>(
          'permanent_destination',
          'permanent_config',
          'content',
          'retry_same',
          'failover',
          'fraud',
          'expired',
          'unknown',
        )
        .map(refused),
    );
    fc.assert(
      fc.property(fc.infiniteStream(results), fc.boolean(), (stream, hasAnother) => {
        let standing: Standing = { ...STANDING, attempts: 0, hasAnother };
        let unknowns = 0;
        for (let calls = 1; calls <= 20; calls += 1) {
          const result = stream.next().value as SendResult;
          standing = { ...standing, attempts: calls };
          const step = nextStep(result, standing);
          if (result.kind === 'unknown' || (result.kind === 'refused' && result.class === 'unknown')) {
            unknowns += 1;
            standing = { ...standing, maybeSent: true };
          }
          if (step.kind === 'retry') standing = { ...standing, retries: standing.retries + 1 };
          if (step.kind === 'settle') {
            expect(step.final).toBe(unknowns === 0);
            expect(unknowns).toBeLessThanOrEqual(2);
            return;
          }
        }
        throw new Error('it went on and on');
      }),
    );
  });

  it('ends a second round as undelivered, since a provider had taken it', () => {
    expect(nextStep(refused('failover'), { ...STANDING, accepted: true, hasAnother: false })).toEqual({
      kind: 'settle',
      state: 'undelivered',
      final: false,
    });
    expect(giveUp({ accepted: true, maybeSent: true })).toMatchObject({ state: 'undelivered' });
  });
});
