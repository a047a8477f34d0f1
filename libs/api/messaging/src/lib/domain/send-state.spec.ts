import * as fc from 'fast-check';
import type { SendState } from '../message-queue';
import { advances, isLateFailure, isSettled, rankOf } from './send-state';

const STATES: SendState[] = [
  'queued',
  'accepted',
  'sent',
  'delivered',
  'undelivered',
  'failed',
  'suppressed',
  'unknown',
];

describe('the ranking of send states', () => {
  it('ends the same whatever the order and number of the reports', () => {
    const apply = (reports: readonly SendState[]) =>
      reports.reduce<SendState>((state, report) => (advances(state, report) ? report : state), 'queued');
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<SendState>('accepted', 'sent', 'delivered', 'undelivered'), { maxLength: 8 }),
        (reports) => {
          expect(apply([...reports, ...reports].reverse())).toBe(apply(reports));
        },
      ),
    );
  });

  it('never goes back', () => {
    for (const from of STATES) for (const to of STATES) expect(advances(from, to)).toBe(rankOf(to) > rankOf(from));
    expect(advances('delivered', 'sent')).toBe(false);
    expect(advances('unknown', 'delivered')).toBe(true);
    expect(advances('undelivered', 'delivered')).toBe(true);
  });

  it('keeps a failure told after the delivery as a note', () => {
    expect(isLateFailure('delivered', 'undelivered')).toBe(true);
    expect(isLateFailure('sent', 'undelivered')).toBe(false);
  });

  it('knows which states are settled', () => {
    expect(STATES.filter(isSettled)).toEqual(['delivered', 'undelivered', 'failed', 'suppressed']);
  });
});
