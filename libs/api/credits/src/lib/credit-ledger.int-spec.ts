import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, newId, RequestContext } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import { bootCredits, type CreditsSlice } from '../testing/credits-slice';
import { chargeLine, fund } from '../testing';
import { CreditLedger, type ChargeLine } from './credit-ledger';
import { verifyLedger } from './verify-ledger';

const APPLICATION = newId('app');

onBothEngines((engine) => {
  let slice: CreditsSlice;
  let ledger: CreditLedger;
  let organizationId: string;

  beforeAll(async () => {
    slice = await bootCredits(engine);
    ledger = slice.get(CreditLedger);
  }, 60_000);
  afterAll(() => slice.close());
  beforeEach(() => {
    organizationId = newId('org');
    slice.threshold = null;
    slice.cap = null;
    slice.jobs.length = 0;
  });

  const inTransaction = <T>(fn: () => Promise<T>): Promise<T> => slice.get(UnitOfWork).run(fn);
  const charge = (lines: readonly ChargeLine[], hold = 0) =>
    inTransaction(() => ledger.charge({ organizationId, applicationId: APPLICATION, lines, hold }));
  const capture = (line: ChargeLine, held: number) =>
    inTransaction(() => ledger.capture({ organizationId, applicationId: APPLICATION, held, line }));
  const release = (held: number) =>
    inTransaction(() => ledger.release({ organizationId, applicationId: APPLICATION, held }));
  const refund = (source: ChargeLine['source']) =>
    inTransaction(() =>
      ledger.refund({ organizationId, applicationId: APPLICATION, source, reason: 'not accepted by any provider' }),
    );
  const entries = () =>
    slice.database.query<{ seq: number; amount: number; balance_after: number; kind: string }>(
      `SELECT e.seq, e.amount, e.balance_after, t.kind FROM ledger_entry e JOIN ledger_transaction t
        ON t.id = e.transaction_id WHERE e.organization_id = ? AND e.account = 'credits' ORDER BY e.seq`,
      [organizationId],
    );
  const isSound = async (): Promise<void> => {
    const report = await verifyLedger(slice.database, [], 0);
    // The holds of these specs have no rows: what an account holds is checked where they do.
    expect(report.findings.filter((finding) => finding.invariant !== 'I4')).toEqual([]);
  };

  it('charges paid lines, holds, and leaves free lines out', async () => {
    await fund(slice, organizationId, 20_000);
    const result = await charge([chargeLine(0, 'verification.start'), chargeLine(5_000)], 1_000);
    expect(result.transactionIds).toEqual([null, expect.stringMatching(/^ltx_/)]);
    expect(result.balanceAfter).toBe(15_000);
    expect(await ledger.balance(organizationId)).toEqual({ posted: 15_000, held: 1_000, available: 14_000 });
    expect(await entries()).toEqual([
      { seq: 1, amount: 20_000, balance_after: 20_000, kind: 'grant' },
      { seq: 2, amount: -5_000, balance_after: 15_000, kind: 'charge' },
    ]);
    await isSound();
  });

  it('posts several lines of one charge in order, each with its own balance', async () => {
    await fund(slice, organizationId, 10_000);
    await charge([chargeLine(100, 'verification.start', newId('vrf')), chargeLine(5_000)]);
    expect((await entries()).map((entry) => entry.balance_after)).toEqual([10_000, 9_900, 4_900]);
    await isSound();
  });

  it('writes nothing when there is nothing to pay', async () => {
    const result = await charge([chargeLine(0, 'verification.start'), chargeLine(0)]);
    expect(result).toEqual({ transactionIds: [null, null], balanceAfter: null });
    expect(await entries()).toEqual([]);
  });

  it('refuses what is not available, says how much is, and leaves nothing behind', async () => {
    await fund(slice, organizationId, 7_000);
    await charge([], 1_500);
    const refused = await charge([chargeLine(5_000)], 1_000).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DomainError);
    expect(refused).toMatchObject({
      code: 'insufficient_credits',
      details: { extra: { balance: 5_500, required: 6_000 } },
    });
    expect(await ledger.balance(organizationId)).toEqual({ posted: 7_000, held: 1_500, available: 5_500 });
    expect(await entries()).toHaveLength(1);
  });

  it('refuses an organization that never had credits', async () => {
    await expect(charge([chargeLine(1)])).rejects.toMatchObject({
      code: 'insufficient_credits',
      details: { extra: { balance: 0, required: 1 } },
    });
  });

  it('captures a hold at its price and gives the rest back', async () => {
    await fund(slice, organizationId, 10_000);
    await charge([chargeLine(5_000)], 1_000);
    await capture(chargeLine(1_000, 'verification.check', newId('vrf')), 1_000);
    expect(await ledger.balance(organizationId)).toEqual({ posted: 4_000, held: 0, available: 4_000 });
    await charge([], 1_000);
    await capture(chargeLine(400, 'verification.check', newId('vrf')), 1_000);
    expect(await ledger.balance(organizationId)).toEqual({ posted: 3_600, held: 0, available: 3_600 });
    await isSound();
  });

  it('captures although nothing else is left', async () => {
    await fund(slice, organizationId, 1_000);
    await charge([], 1_000);
    await capture(chargeLine(1_000, 'verification.check', newId('vrf')), 1_000);
    expect(await ledger.balance(organizationId)).toEqual({ posted: 0, held: 0, available: 0 });
  });

  it('never takes more from a hold than it holds', async () => {
    await fund(slice, organizationId, 5_000);
    await charge([], 1_000);
    await capture(chargeLine(3_000, 'verification.check', newId('vrf')), 1_000);
    expect(await ledger.balance(organizationId)).toEqual({ posted: 4_000, held: 0, available: 4_000 });
  });

  it('captures once under parallel duplicates', async () => {
    await fund(slice, organizationId, 10_000);
    await charge([], 3_000);
    const line = chargeLine(1_000, 'verification.check', newId('vrf'));
    await Promise.all(Array.from({ length: 20 }, () => capture(line, 1_000)));
    expect(await ledger.balance(organizationId)).toEqual({ posted: 9_000, held: 2_000, available: 7_000 });
    await isSound();
  });

  it('releases a hold without an entry, and refuses to release what is not held', async () => {
    await fund(slice, organizationId, 10_000);
    await charge([], 1_000);
    await release(1_000);
    expect(await ledger.balance(organizationId)).toEqual({ posted: 10_000, held: 0, available: 10_000 });
    expect(await entries()).toHaveLength(1);
    await expect(release(1_000)).rejects.toThrow('holds less');
    await release(0);
    expect(await entries()).toHaveLength(1);
  });

  it('refunds a send once, by a new entry, under parallel duplicates', async () => {
    await fund(slice, organizationId, 10_000);
    const line = chargeLine(5_000);
    await charge([line]);
    const results = await Promise.all(Array.from({ length: 30 }, () => refund(line.source)));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await refund(line.source)).toBe(false);
    expect((await entries()).map(({ kind, amount }) => [kind, amount])).toEqual([
      ['grant', 10_000],
      ['charge', -5_000],
      ['refund', 5_000],
    ]);
    await isSound();
  });

  it('refunds neither what was free nor what another organization was charged', async () => {
    await fund(slice, organizationId, 10_000);
    expect(await refund({ type: 'message', id: newId('msg') })).toBe(false);
    const line = chargeLine(5_000);
    await charge([line]);
    const other = await inTransaction(() =>
      ledger.refund({
        organizationId: newId('org'),
        applicationId: APPLICATION,
        source: line.source,
        reason: 'somebody else',
      }),
    );
    expect(other).toBe(false);
    expect(await ledger.balance(organizationId)).toMatchObject({ posted: 5_000 });
  });

  it('never charges one operation to one source twice', async () => {
    await fund(slice, organizationId, 50_000);
    const line = chargeLine(5_000);
    const results = await Promise.allSettled(Array.from({ length: 10 }, () => charge([line])));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    expect(await ledger.balance(organizationId)).toMatchObject({ posted: 45_000 });
  });

  it('charges exactly 100 of 500 parallel starts on credits for 100', async () => {
    await fund(slice, organizationId, 100 * 6_000);
    const results = await Promise.allSettled(Array.from({ length: 500 }, () => charge([chargeLine(5_000)], 1_000)));
    const refused = results.filter((result) => result.status === 'rejected');
    expect(results.length - refused.length).toBe(100);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: 'insufficient_credits' });
    expect(await ledger.balance(organizationId)).toEqual({ posted: 100_000, held: 100_000, available: 0 });
    expect(await entries()).toHaveLength(101);
    await isSound();
  });

  it('opens the account once under parallel first grants', async () => {
    await Promise.all(Array.from({ length: 10 }, () => fund(slice, organizationId, 1_000)));
    expect(await ledger.balance(organizationId)).toMatchObject({ posted: 10_000 });
    expect((await entries()).map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await isSound();
  });

  it('leaves no trace of a transaction that rolled back', async () => {
    await fund(slice, organizationId, 10_000);
    await expect(
      inTransaction(async () => {
        await ledger.charge({ organizationId, applicationId: APPLICATION, lines: [chargeLine(5_000)], hold: 1_000 });
        throw new Error('the row that was to hold could not be written');
      }),
    ).rejects.toThrow('could not be written');
    expect(await ledger.balance(organizationId)).toEqual({ posted: 10_000, held: 0, available: 10_000 });
    await isSound();
  });

  it('refuses to write outside a unit of work, and amounts that are not whole', async () => {
    await fund(slice, organizationId, 10_000);
    const outside = ledger.charge({ organizationId, applicationId: APPLICATION, lines: [chargeLine(1)], hold: 0 });
    await expect(outside).rejects.toThrow('unit of work');
    await expect(charge([chargeLine(0.5)])).rejects.toThrow('whole milli-credits');
    await expect(charge([], -5)).rejects.toThrow('not negative');
    expect(await entries()).toHaveLength(1);
  });

  it('tells of a low balance once for each crossing', async () => {
    slice.threshold = 8_000;
    await fund(slice, organizationId, 10_000);
    await charge([chargeLine(1_000)]);
    await charge([chargeLine(1_000)]);
    expect(slice.jobs).toEqual([]);
    await charge([chargeLine(500)]);
    await charge([chargeLine(500)]);
    expect(slice.jobs).toEqual([
      {
        type: 'operations.low_balance',
        payload: { organization_id: organizationId, balance: 7_500, threshold: 8_000 },
        dedupeKey: organizationId,
      },
    ]);
    await fund(slice, organizationId, 1_000);
    await charge([chargeLine(1_000)]);
    expect(slice.jobs).toHaveLength(2);
  });

  it('tells of one crossing once among parallel charges', async () => {
    slice.threshold = 50_000;
    await fund(slice, organizationId, 100_000);
    await Promise.all(Array.from({ length: 40 }, () => charge([chargeLine(2_000)])));
    expect(slice.jobs).toHaveLength(1);
  });

  it('knows what was spent since an instant, in all and by application', async () => {
    const other = newId('app');
    await fund(slice, organizationId, 100_000);
    await charge([chargeLine(3_000)]);
    slice.clock.advance(86_400_000);
    const midnight = slice.clock.recordedAt();
    const spent = (applicationId?: string) =>
      ledger.spentSince({ organizationId, ...(applicationId === undefined ? {} : { applicationId }) }, midnight);
    expect(await spent()).toBe(0);
    const line = chargeLine(5_000);
    await charge([line], 1_000);
    await inTransaction(() =>
      ledger.charge({ organizationId, applicationId: other, lines: [chargeLine(2_000)], hold: 0 }),
    );
    expect(await spent()).toBe(7_000);
    expect(await spent(APPLICATION)).toBe(5_000);
    await capture(chargeLine(1_000, 'verification.check', newId('vrf')), 1_000);
    await fund(slice, organizationId, 500);
    expect(await spent(APPLICATION)).toBe(6_000);
    await refund(line.source);
    expect(await Promise.all([spent(), spent(APPLICATION), spent(other)])).toEqual([3_000, 1_000, 2_000]);
  });

  it('lets no more be spent in a day than the caps say, however many charge at once', async () => {
    await fund(slice, organizationId, 1_000_000);
    slice.cap = 60_000;
    const by = (applicationId: string, applicationDailyCap: number | null) =>
      inTransaction(() =>
        ledger.charge({ organizationId, applicationId, lines: [chargeLine(5_000)], hold: 1_000, applicationDailyCap }),
      );
    const outcomes = async (charges: readonly Promise<unknown>[]) => {
      const results = await Promise.allSettled(charges);
      for (const result of results) {
        if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'spend_cap_reached' });
      }
      return results.filter((result) => result.status === 'fulfilled').length;
    };
    expect(await outcomes(Array.from({ length: 30 }, () => by(APPLICATION, 21_000)))).toBe(4);
    expect(await outcomes(Array.from({ length: 30 }, () => by(newId('app'), null)))).toBe(7);
    expect(await ledger.balance(organizationId)).toMatchObject({ posted: 945_000, held: 11_000 });
    slice.clock.advance(86_400_000);
    expect(await outcomes([by(APPLICATION, 21_000)])).toBe(1);
    await isSound();
  });

  it('costs as few statements as it says', async () => {
    await fund(slice, organizationId, 100_000);
    const ours = /\b(ledger_account|ledger_transaction|ledger_entry|operation_price)\b/;
    let statements = 0;
    const { execute, query } = slice.database;
    slice.database.execute = (...args) => (
      (statements += ours.test(args[0]) ? 1 : 0),
      execute.apply(slice.database, args)
    );
    slice.database.query = (...args) => (
      (statements += ours.test(args[0]) ? 1 : 0),
      query.apply(slice.database, args) as never
    );
    const cost = async (act: () => Promise<unknown>): Promise<number> => {
      statements = 0;
      await act();
      return statements;
    };
    try {
      const line = chargeLine(5_000);
      await ledger.quote('send.sms', 'ZA');
      expect(await cost(() => ledger.quote('send.sms', 'ZA'))).toBe(0);
      expect(await cost(() => charge([line, chargeLine(100, 'verification.start')], 1_000))).toBe(4);
      expect(await cost(() => charge([], 1_000))).toBe(1);
      expect(await cost(() => charge([chargeLine(0)]))).toBe(0);
      expect(await cost(() => capture(chargeLine(1_000, 'verification.check', newId('vrf')), 1_000))).toBe(4);
      expect(await cost(() => release(1_000))).toBe(1);
      expect(await cost(() => refund(line.source))).toBe(5);
      expect(await cost(() => refund(line.source))).toBe(2);
      slice.cap = 90_000;
      await ledger.spentSince({ organizationId }, 0);
      expect(await cost(() => charge([chargeLine(5_000)], 1_000))).toBe(5);
    } finally {
      slice.database.execute = execute;
      slice.database.query = query;
    }
  });

  // On SQLite there is one writer: nobody can come between two statements of a unit.
  if (engine === 'mysql') {
    it('charges what the first credits make possible while it is being refused', async () => {
      const { query } = slice.database;
      slice.database.query = async (sql, values) => {
        slice.database.query = query;
        await RequestContext.outside(() => fund(slice, organizationId, 20_000));
        return query.call(slice.database, sql, values) as never;
      };
      expect((await charge([chargeLine(5_000)])).balanceAfter).toBe(15_000);
      await isSound();
    });
  }

  it('counts spending once however many ask while others spend', async () => {
    await fund(slice, organizationId, 1_000_000);
    const since = slice.clock.recordedAt();
    await Promise.all(
      Array.from({ length: 60 }, async () => {
        await charge([chargeLine(1_000)]);
        await ledger.spentSince({ organizationId }, since);
      }),
    );
    expect(await ledger.spentSince({ organizationId }, since)).toBe(60_000);
  });
});
