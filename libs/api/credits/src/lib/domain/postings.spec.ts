import fc from 'fast-check';
import { crossedDownwards, entriesOf, onceKeys, type PostedAmount } from './postings';

const amounts = fc.array(
  fc.integer({ min: -1_000_000, max: 1_000_000 }).filter((amount) => amount !== 0),
  { minLength: 1, maxLength: 8 },
);
const posted = (list: number[]): PostedAmount[] =>
  list.map((amount, i) => ({ transactionId: `t${i}`, kind: amount < 0 ? 'charge' : 'grant', amount }));

describe('entriesOf', () => {
  it('balances every transaction to zero', () => {
    fc.assert(
      fc.property(amounts, fc.nat(), fc.nat(), (list, after, seq) => {
        const entries = entriesOf(posted(list), after, seq + list.length);
        list.forEach((_, i) => {
          const own = entries.filter((entry) => entry.transactionId === `t${i}`);
          expect(own.reduce((sum, entry) => sum + entry.amount, 0)).toBe(0);
        });
      }),
    );
  });

  it('numbers without gaps up to the account and ends at its balance', () => {
    fc.assert(
      fc.property(amounts, fc.nat(), fc.nat(), (list, after, seq) => {
        const own = entriesOf(posted(list), after, seq + list.length).filter((entry) => entry.account === 'credits');
        expect(own.map((entry) => entry.seq)).toEqual(list.map((_, i) => seq + i + 1));
        expect(own.at(-1)?.balanceAfter).toBe(after);
        own.slice(1).forEach((entry, i) => {
          expect(entry.balanceAfter).toBe((own[i]?.balanceAfter ?? Number.NaN) + entry.amount);
        });
      }),
    );
  });

  it('puts consumption and gifts on their own counter accounts', () => {
    const [, consumed] = entriesOf([{ transactionId: 'a', kind: 'charge', amount: -5 }], 0, 1);
    const [, promo] = entriesOf([{ transactionId: 'b', kind: 'grant', amount: 5 }], 5, 1);
    expect(consumed).toMatchObject({ account: 'consumed', amount: 5, seq: null, balanceAfter: null });
    expect(promo).toMatchObject({ account: 'issued.promo', amount: -5 });
  });
});

describe('crossedDownwards', () => {
  it('is true only for the step from at or above to below', () => {
    expect(crossedDownwards(100, 100, 99)).toBe(true);
    expect(crossedDownwards(100, 101, 100)).toBe(false);
    expect(crossedDownwards(100, 99, 98)).toBe(false);
    expect(crossedDownwards(null, 100, 0)).toBe(false);
  });
});

describe('onceKeys', () => {
  it('finds every key of a source in its range, and no key of another', () => {
    const [from, to] = onceKeys.ofSource('msg_1');
    const inside = (key: string) => key >= from && key < to;
    expect(inside(onceKeys.charge('msg_1', 'send.sms'))).toBe(true);
    expect(inside(onceKeys.capture('msg_1'))).toBe(true);
    expect(inside(onceKeys.charge('msg_12', 'send.sms'))).toBe(false);
    const [first, last] = onceKeys.chargesOfSource('msg_1');
    expect(onceKeys.charge('msg_1', 'send.sms') >= first && onceKeys.charge('msg_1', 'send.sms') < last).toBe(true);
    expect(onceKeys.refund('msg_1', 'send.sms') >= first && onceKeys.refund('msg_1', 'send.sms') < last).toBe(false);
  });
});
