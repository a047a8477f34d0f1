import { UnitOfWork, type SchemaPart } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import type { LedgerReport } from '@tollgate/contracts';
import { bootCredits, type CreditsSlice } from '../testing/credits-slice';
import { chargeLine, fund } from '../testing';
import { CreditLedger } from './credit-ledger';
import { HoldSources } from './hold-sources';
import { LedgerIntegrity } from './ledger-integrity';

const APPLICATION = newId('app');

/** Stands for the verification table: rows that hold, and rows whose hold was captured. */
const proofs: SchemaPart = {
  entities: [],
  migrations: [
    {
      name: '2026-11-22-0499-proofs-of-the-spec',
      up: (t) => [
        `CREATE TABLE proof (id ${t.id} NOT NULL PRIMARY KEY, organization_id ${t.id} NOT NULL, held ${t.amount} NOT NULL,
          captured ${t.amount} NOT NULL)${t.tableOptions}`,
      ],
      down: () => ['DROP TABLE proof'],
    },
  ],
};

onBothEngines((engine) => {
  let slice: CreditsSlice;
  let ledger: CreditLedger;
  let organizationId: string;
  let captured: string;
  let charged: string;

  const sql = (text: string, ...values: (string | number)[]) => slice.database.execute(text, values);
  const verify = (): Promise<LedgerReport> => slice.get(LedgerIntegrity).verify();
  const broken = async () =>
    (await verify()).findings.map(({ invariant, subject, expected, found }) => ({
      invariant,
      subject,
      expected,
      found,
    }));
  const run = <T>(fn: () => Promise<T>): Promise<T> => slice.get(UnitOfWork).run(fn);

  /** A start that is checked, and one that is pending; a refunded send. */
  beforeEach(async () => {
    slice = await bootCredits(engine, [proofs]);
    ledger = slice.get(CreditLedger);
    slice.get(HoldSources).register({
      type: 'verification',
      held: 'SELECT organization_id, held FROM proof WHERE held > 0',
      captured: 'SELECT id, organization_id, captured AS amount FROM proof WHERE captured > 0',
    });
    organizationId = newId('org');
    captured = newId('vrf');
    const pending = newId('vrf');
    const account = { organizationId, applicationId: APPLICATION };
    await fund(slice, organizationId, 50_000);
    const line = chargeLine(5_000);
    await run(async () => {
      await sql('INSERT INTO proof VALUES (?, ?, 1000, 0)', captured, organizationId);
      const { transactionIds } = await ledger.charge({ ...account, lines: [line], hold: 1_000 });
      charged = transactionIds[0] ?? '';
    });
    await run(async () => {
      await sql('INSERT INTO proof VALUES (?, ?, 1000, 0)', pending, organizationId);
      await ledger.charge({ ...account, lines: [chargeLine(5_000)], hold: 1_000 });
    });
    await run(async () => {
      await sql('UPDATE proof SET held = 0, captured = 1000 WHERE id = ?', captured);
      await ledger.capture({ ...account, held: 1_000, line: chargeLine(1_000, 'verification.check', captured) });
    });
    await run(() => ledger.refund({ ...account, source: line.source, reason: 'no provider took it' }));
  }, 60_000);
  afterEach(() => slice.close());

  it('finds nothing in a ledger that is in order, and says what it looked at', async () => {
    const report = await verify();
    expect(report).toMatchObject({ ok: true, accounts: 1, transactions: 5, entries: 10, findings: [] });
    expect(report.invariants.map(({ invariant, ok }) => [invariant, ok])).toEqual([
      ['I1', true],
      ['I2', true],
      ['I4', true],
      ['I5', true],
      ['I6', true],
      ['I9', true],
    ]);
  });

  it('I1: names a transaction whose entries do not balance', async () => {
    await sql('UPDATE ledger_entry SET amount = amount + 7 WHERE transaction_id = ? AND line = 1', charged);
    expect(await broken()).toEqual([
      { invariant: 'I1', subject: charged, expected: 'sum 0 of 2 entries', found: 'sum 7 of 2 entries' },
    ]);
  });

  it('I1: names a transaction that says another amount than its entry', async () => {
    await sql('UPDATE ledger_transaction SET amount = -4000 WHERE id = ?', charged);
    expect(await broken()).toContainEqual({ invariant: 'I1', subject: charged, expected: '-4000', found: '-5000' });
  });

  it('I1: names entries without their transaction', async () => {
    await sql('DELETE FROM ledger_transaction WHERE id = ?', charged);
    expect(await broken()).toContainEqual({
      invariant: 'I1',
      subject: charged,
      expected: 'a transaction',
      found: 'none',
    });
  });

  it('I2: names an account whose balance is not the sum of its entries', async () => {
    await sql('UPDATE ledger_account SET posted = posted + 1 WHERE organization_id = ?', organizationId);
    expect(await broken()).toEqual([{ invariant: 'I2', subject: organizationId, expected: '44000', found: '44001' }]);
  });

  it('I2: names entries without an account', async () => {
    await sql('DELETE FROM ledger_account WHERE organization_id = ?', organizationId);
    expect(await broken()).toContainEqual({
      invariant: 'I2',
      subject: organizationId,
      expected: 'an account',
      found: 'none',
    });
  });

  it('I4: names an account that holds more than its pending verifications', async () => {
    await sql('UPDATE proof SET held = 400 WHERE held > 0');
    expect(await broken()).toEqual([{ invariant: 'I4', subject: organizationId, expected: '400', found: '1000' }]);
  });

  it('I4: names an organization that holds without an account', async () => {
    const other = newId('org');
    await sql('INSERT INTO proof VALUES (?, ?, 250, 0)', newId('vrf'), other);
    expect(await broken()).toEqual([{ invariant: 'I4', subject: other, expected: '250', found: 'no account' }]);
  });

  it('I5: names an overdrawn account, which only a database without its checks can hold', async () => {
    await sql('CREATE TABLE unchecked AS SELECT * FROM ledger_account');
    await sql('DROP TABLE ledger_account');
    await sql('ALTER TABLE unchecked RENAME TO ledger_account');
    await sql('UPDATE ledger_account SET held = 60000 WHERE organization_id = ?', organizationId);
    expect(await broken()).toContainEqual({
      invariant: 'I5',
      subject: organizationId,
      expected: '0 <= held <= posted',
      found: 'held 60000 of posted 44000',
    });
  });

  it('lets the database itself refuse an overdraft', async () => {
    await expect(
      sql('UPDATE ledger_account SET posted = -1 WHERE organization_id = ?', organizationId),
    ).rejects.toThrow();
    await expect(
      sql('UPDATE ledger_account SET held = -1 WHERE organization_id = ?', organizationId),
    ).rejects.toThrow();
  });

  it('I6: names the entry after a gap', async () => {
    await sql('UPDATE ledger_entry SET seq = 9 WHERE organization_id = ? AND seq = 5', organizationId);
    const [finding] = await broken();
    expect(finding).toMatchObject({ invariant: 'I6', expected: '5', found: '9' });
  });

  it('I6: names the entry whose balance was edited', async () => {
    await sql('UPDATE ledger_entry SET balance_after = 1 WHERE organization_id = ? AND seq = 5', organizationId);
    const findings = await broken();
    expect(findings).toEqual([{ invariant: 'I6', subject: expect.any(String), expected: '44000', found: '1' }]);
  });

  it('I6: notices that the last transaction was cut off', async () => {
    await sql('DELETE FROM ledger_transaction WHERE kind = ?', 'refund');
    await sql('DELETE FROM ledger_entry WHERE organization_id = ? AND seq = 5', organizationId);
    expect(await broken()).toContainEqual({ invariant: 'I6', subject: organizationId, expected: '5', found: '4' });
  });

  it('I9: names a captured verification without its capture', async () => {
    await sql('UPDATE ledger_transaction SET once_key = ? WHERE kind = ?', 'elsewhere', 'capture');
    expect(await broken()).toEqual([{ invariant: 'I9', subject: captured, expected: '1000', found: 'no capture' }]);
  });

  it('I9: names a capture of a verification that was not captured', async () => {
    await sql('UPDATE proof SET captured = 0 WHERE id = ?', captured);
    const findings = await broken();
    expect(findings).toEqual([{ invariant: 'I9', subject: expect.any(String), expected: 'none', found: captured }]);
  });

  it('I9: names a refund that takes back nothing, or something twice', async () => {
    await sql('UPDATE ledger_transaction SET reverses_id = ? WHERE kind = ?', newId('ltx'), 'refund');
    expect((await broken()).map((finding) => finding.invariant)).toEqual(['I9']);
    await sql("UPDATE ledger_transaction SET reverses_id = ? WHERE kind IN ('refund', 'capture')", charged);
    expect(await broken()).toContainEqual({ invariant: 'I9', subject: charged, expected: '1', found: '2' });
  });
});
