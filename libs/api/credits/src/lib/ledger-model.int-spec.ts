import { UnitOfWork } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import fc from 'fast-check';
import { bootCredits, type CreditsSlice } from '../testing/credits-slice';
import { chargeLine, fund } from '../testing';
import { CreditLedger, type ChargeLine } from './credit-ledger';
import { PostCredits } from './post-credits';
import { verifyLedger } from './verify-ledger';

const APPLICATION = newId('app');

type Step =
  | { readonly act: 'grant'; readonly amount: number }
  | { readonly act: 'adjust'; readonly amount: number }
  | { readonly act: 'charge'; readonly price: number; readonly hold: number }
  | { readonly act: 'crash'; readonly price: number; readonly hold: number }
  | { readonly act: 'capture' | 'release' | 'refund' | 'recapture' | 'rerefund'; readonly pick: number };

const amount = fc.integer({ min: 1, max: 4_000 });
const steps = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('grant' as const), amount }),
    fc.record({ act: fc.constant('adjust' as const), amount: fc.integer({ min: -4_000, max: 2_000 }).filter(Boolean) }),
    fc.record({ act: fc.constantFrom('charge' as const, 'crash' as const), price: fc.nat(3_000), hold: fc.nat(1_000) }),
    fc.record({
      act: fc.constantFrom(
        'capture' as const,
        'release' as const,
        'refund' as const,
        'recapture' as const,
        'rerefund' as const,
      ),
      pick: fc.nat(100),
    }),
  ),
  { minLength: 5, maxLength: 40 },
);

interface Hold {
  readonly held: number;
  readonly line: ChargeLine;
}

/** What the ledger must be, in the plainest arithmetic. */
class Model {
  posted = 0;
  entries = 0;
  open: Hold[] = [];
  captured: Hold[] = [];
  charged: { line: ChargeLine; price: number }[] = [];
  refunded: ChargeLine[] = [];

  get held(): number {
    return this.open.reduce((sum, hold) => sum + hold.held, 0);
  }

  post(amount: number): boolean {
    if (this.posted + amount - this.held < 0) return false;
    this.posted += amount;
    this.entries += 1;
    return true;
  }
}

const take = <T>(list: T[], pick: number): T | undefined => list.splice(pick % Math.max(1, list.length), 1)[0];

onBothEngines((engine) => {
  let slice: CreditsSlice;
  beforeAll(async () => {
    slice = await bootCredits(engine);
  }, 60_000);
  afterAll(() => slice.close());

  async function perform(step: Step, organizationId: string, model: Model): Promise<void> {
    const ledger = slice.get(CreditLedger);
    const run = <T>(fn: () => Promise<T>): Promise<T> => slice.get(UnitOfWork).run(fn);
    const account = { organizationId, applicationId: APPLICATION };
    if (step.act === 'grant') {
      await fund(slice, organizationId, step.amount);
      model.post(step.amount);
      return;
    }
    if (step.act === 'adjust') {
      const adjustment = {
        organizationId,
        kind: 'adjustment' as const,
        amount: step.amount,
        description: 'x',
        reason: 'y',
      };
      const done = await run(() => slice.get(PostCredits).post(adjustment)).then(
        () => true,
        () => false,
      );
      expect(done).toBe(model.post(step.amount));
      return;
    }
    if (step.act === 'charge' || step.act === 'crash') {
      const line = chargeLine(step.price);
      const affordable = model.posted - model.held >= step.price + step.hold;
      const done = await run(async () => {
        await ledger.charge({ ...account, lines: [line], hold: step.hold });
        if (step.act === 'crash') throw new Error('the process dies before the commit');
      }).then(
        () => true,
        () => false,
      );
      expect(done).toBe(affordable && step.act === 'charge');
      if (!done) return;
      if (step.price > 0) {
        model.post(-step.price);
        model.charged.push({ line, price: step.price });
      }
      if (step.hold > 0)
        model.open.push({ held: step.hold, line: chargeLine(step.hold, 'verification.check', newId('vrf')) });
      return;
    }
    const settle = (hold: Hold) => run(() => ledger.capture({ ...account, ...hold }));
    if (step.act === 'capture') {
      const hold = take(model.open, step.pick);
      if (hold === undefined) return;
      await settle(hold);
      model.posted -= hold.held;
      model.entries += 1;
      model.captured.push(hold);
    } else if (step.act === 'release') {
      const hold = take(model.open, step.pick);
      if (hold !== undefined) await run(() => ledger.release({ ...account, held: hold.held }));
    } else if (step.act === 'refund') {
      const charged = take(model.charged, step.pick);
      if (charged === undefined) return;
      expect(await run(() => ledger.refund({ ...account, source: charged.line.source, reason: 'r' }))).toBe(true);
      model.post(charged.price);
      model.refunded.push(charged.line);
    } else if (step.act === 'recapture') {
      const hold = model.captured[step.pick % Math.max(1, model.captured.length)];
      if (hold !== undefined) await settle(hold);
    } else {
      const line = model.refunded[step.pick % Math.max(1, model.refunded.length)];
      if (line === undefined) return;
      expect(await run(() => ledger.refund({ ...account, source: line.source, reason: 'r' }))).toBe(false);
    }
  }

  it('agrees with a plain model after every step of any history', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const organizationId = newId('org');
        const model = new Model();
        for (const step of history) {
          await perform(step, organizationId, model);
          expect(await slice.get(CreditLedger).balance(organizationId)).toEqual({
            posted: model.posted,
            held: model.held,
            available: model.posted - model.held,
          });
        }
        const [row] = await slice.database.query<{ n: number }>(
          "SELECT COUNT(*) AS n FROM ledger_entry WHERE organization_id = ? AND account = 'credits'",
          [organizationId],
        );
        expect(Number(row?.n)).toBe(model.entries);
      }),
      { numRuns: engine === 'sqlite' ? 60 : 25 },
    );
    const { findings } = await verifyLedger(slice.database, [], 0);
    expect(findings.filter((finding) => finding.invariant !== 'I4')).toEqual([]);
  });

  it('agrees with a plain model when acts race each other', async () => {
    const organizationId = newId('org');
    await fund(slice, organizationId, 200_000);
    const ledger = slice.get(CreditLedger);
    const run = <T>(fn: () => Promise<T>): Promise<T> => slice.get(UnitOfWork).run(fn);
    const account = { organizationId, applicationId: APPLICATION };
    const outcomes = await Promise.all(
      Array.from({ length: 120 }, async (_, i) => {
        const line = chargeLine(2_000);
        const started = await run(() => ledger.charge({ ...account, lines: [line], hold: 500 })).then(
          () => true,
          () => false,
        );
        if (!started) return 0;
        const check = chargeLine(500, 'verification.check', newId('vrf'));
        if (i % 3 === 0) {
          const twice = () => run(() => ledger.refund({ ...account, source: line.source, reason: 'r' }));
          expect((await Promise.all([twice(), twice()])).filter(Boolean)).toHaveLength(1);
          await run(() => ledger.release({ ...account, held: 500 }));
          return 0;
        }
        await run(() => ledger.capture({ ...account, held: 500, line: check }));
        return 2_500;
      }),
    );
    const spent = outcomes.reduce<number>((sum, one) => sum + one, 0);
    expect(await ledger.balance(organizationId)).toEqual({
      posted: 200_000 - spent,
      held: 0,
      available: 200_000 - spent,
    });
    const { findings } = await verifyLedger(slice.database, [], 0);
    expect(findings.filter((finding) => finding.organization_id === organizationId)).toEqual([]);
  });
});
