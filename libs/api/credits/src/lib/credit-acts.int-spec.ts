import { UnitOfWork } from '@tollgate/api/database';
import { newId, type Principal } from '@tollgate/api/kernel';
import { onBothEngines } from '@tollgate/api/testing';
import { bootCredits, type CreditsSlice } from '../testing/credits-slice';
import { chargeLine, fund } from '../testing';
import { CreditLedger } from './credit-ledger';
import { GrantCredits } from './grant-credits';
import { ListCreditEntries } from './list-credit-entries';
import { ListOperationPrices } from './list-operation-prices';
import { PreviewOperationPrices } from './preview-operation-prices';
import { ReadBalance } from './read-balance';
import { SetOperationPrice } from './set-operation-price';

const DAY = 86_400_000;
const PLATFORM = newId('org');

const person = (organizationId: string | null, platformStaff: boolean): Principal => ({
  kind: 'session',
  id: newId('ses'),
  label: platformStaff ? 'finance@tollgate.test' : 'owner@acme.test',
  organizationId: platformStaff ? PLATFORM : (organizationId ?? ''),
  actingOrganizationId: organizationId,
  applicationId: null,
  userId: newId('usr'),
  test: null,
  platformStaff,
  roles: [],
  permissions: new Set(),
  assurance: { level: 2, authenticatedAt: 0 },
});

onBothEngines((engine) => {
  let slice: CreditsSlice;
  let organizationId: string;
  let applicationId: string;

  beforeAll(async () => {
    slice = await bootCredits(engine);
  }, 60_000);
  afterAll(() => slice.close());
  beforeEach(() => {
    organizationId = newId('org');
    applicationId = newId('app');
    slice.audited.length = 0;
    slice.threshold = null;
  });

  const charge = (price: number, hold = 0, country = 'ZA') =>
    slice.get(UnitOfWork).run(() => {
      const line = chargeLine(price);
      const lines = [{ ...line, quote: { ...line.quote, country } }];
      return slice.get(CreditLedger).charge({ organizationId, applicationId, lines, hold });
    });
  const finance = (): Principal => person(organizationId, true);
  const entries = (query: object = {}, caller = finance()) => slice.get(ListCreditEntries).execute(caller, query);

  it('grants credits with the reason in the history and in the audit log', async () => {
    const caller = finance();
    const entry = await slice.get(GrantCredits).execute(caller, 'grant', { amount: 25_000, reason: 'Welcome gift' });
    expect(entry).toMatchObject({
      organization_id: organizationId,
      seq: 1,
      type: 'grant',
      amount: 25_000,
      balance_after: 25_000,
      reason: 'Welcome gift',
      source: { type: 'grant', id: entry.id },
      application_id: null,
      reverses: null,
    });
    expect(slice.audited).toEqual([
      {
        action: 'credits.granted',
        organizationId,
        target: { type: 'organization', id: organizationId, label: 'Acme' },
        changes: [{ field: 'balance', before: 0, after: 25_000 }],
        reason: 'Welcome gift',
      },
    ]);
  });

  it('adjusts down to what is held and no further', async () => {
    await fund(slice, organizationId, 10_000);
    await charge(2_000, 3_000);
    const adjust = (amount: number) =>
      slice.get(GrantCredits).execute(finance(), 'adjustment', { amount, reason: 'Correction' });
    await expect(adjust(-5_001)).rejects.toMatchObject({
      code: 'insufficient_credits',
      details: { extra: { balance: 5_000, required: 5_001 } },
    });
    expect(slice.audited).toEqual([]);
    expect(await adjust(-5_000)).toMatchObject({ type: 'adjustment', amount: -5_000, balance_after: 3_000 });
    await expect(adjust(0)).rejects.toMatchObject({ code: 'amount_invalid' });
  });

  it('asks staff of the platform which organization they mean', async () => {
    const caller = person(null, true);
    const grant = slice.get(GrantCredits).execute(caller, 'grant', { amount: 1, reason: 'x' });
    await expect(grant).rejects.toMatchObject({ code: 'organization_required' });
    await expect(slice.get(ReadBalance).execute(caller)).rejects.toMatchObject({ code: 'organization_required' });
  });

  it('shows the balance, what is held, and how long it lasts', async () => {
    slice.threshold = 90_000;
    await fund(slice, organizationId, 100_000);
    await charge(20_000, 1_000);
    slice.clock.advance(DAY);
    await charge(8_000);
    expect(await slice.get(ReadBalance).execute(finance())).toMatchObject({
      organization_id: organizationId,
      balance: 72_000,
      held: 1_000,
      available: 71_000,
      low_balance_threshold: 90_000,
      low: true,
      burn: { window_days: 1, per_day: 28_000, days_left: 2.5 },
    });
    slice.clock.advance(30 * DAY);
    expect((await slice.get(ReadBalance).execute(finance())).burn).toEqual({
      window_days: 7,
      per_day: 0,
      days_left: null,
    });
  });

  it('shows zeros for an organization that never had credits', async () => {
    expect(await slice.get(ReadBalance).execute(finance())).toMatchObject({
      balance: 0,
      held: 0,
      available: 0,
      low: false,
    });
  });

  it('lists the history newest first, page by page, without gap or repetition', async () => {
    await fund(slice, organizationId, 100_000);
    for (let i = 0; i < 6; i += 1) await charge(1_000);
    const first = await entries({ limit: 4 });
    const second = await entries({ limit: 4, cursor: first.next_cursor });
    expect(first.data.map((entry) => entry.seq)).toEqual([7, 6, 5, 4]);
    expect(second.data.map((entry) => entry.seq)).toEqual([3, 2, 1]);
    expect([first.total_estimate, second.next_cursor]).toEqual([7, null]);
    expect((await entries({ sort: 'recorded_at', limit: 2 })).data.map((entry) => entry.seq)).toEqual([1, 2]);
  });

  it('filters the history by type, application, operation, source and range', async () => {
    await fund(slice, organizationId, 100_000);
    const before = slice.clock.recordedAt();
    slice.clock.advance(DAY);
    const { transactionIds } = await charge(1_000);
    const [entry] = (await entries({ limit: 1 })).data;
    expect(entry?.id).toBe(transactionIds[0]);
    const seqs = async (query: object) => (await entries(query)).data.map(({ seq }) => seq);
    expect(await seqs({ type: 'grant' })).toEqual([1]);
    expect(await seqs({ application_id: applicationId })).toEqual([2]);
    expect(await seqs({ application_id: newId('app') })).toEqual([]);
    expect(await seqs({ operation: 'send.sms' })).toEqual([2]);
    expect(await seqs({ source_id: entry?.source.id })).toEqual([2]);
    expect(await seqs({ to: new Date(before + 1).toISOString() })).toEqual([1]);
    expect(await seqs({ from: new Date(before + 1).toISOString() })).toEqual([2]);
    expect(() => entries({ from: new Date(2).toISOString(), to: new Date(1).toISOString() })).toThrow('range');
  });

  it('keeps organizations apart, and shows all to staff of the platform who named none', async () => {
    await fund(slice, organizationId, 1_000);
    const other = newId('org');
    await fund(slice, other, 2_000);
    expect((await entries({}, person(organizationId, false))).data.map((entry) => entry.organization_id)).toEqual([
      organizationId,
    ]);
    const all = (await entries({}, person(null, true))).data.map((entry) => entry.organization_id);
    expect(all).toEqual(expect.arrayContaining([organizationId, other]));
  });

  it('quotes the prices that a new installation begins with', async () => {
    const price = async (
      operation: 'send.sms' | 'send.email' | 'send.mobile' | 'verification.start' | 'verification.check',
    ) => (await slice.get(CreditLedger).quote(operation, 'ZA')).price;
    expect(await price('verification.start')).toBe(0);
    expect(await price('send.sms')).toBe(5_000);
    expect(await price('send.email')).toBe(1_000);
    expect(await price('send.mobile')).toBe(0);
    expect(await price('verification.check')).toBe(1_000);
  });

  it('lets a new version of a price hold at its instant, for its country, and keeps the old one', async () => {
    const ledger = slice.get(CreditLedger);
    const now = slice.clock.recordedAt();
    const at = new Date(now + DAY).toISOString();
    const body = { operation: 'send.sms' as const, country: 'IN', price: 2_500, valid_from: at, note: 'Local route' };
    const set = await slice.get(SetOperationPrice).execute(person(null, true), body);
    expect(set).toMatchObject({ country: 'IN', price: 2_500, active: true, state: 'scheduled', valid_from: at });
    expect(slice.audited[0]).toMatchObject({ action: 'operation_price.set', reason: 'Local route' });
    expect((await ledger.quote('send.sms', 'IN')).price).toBe(5_000);
    slice.clock.advance(DAY);
    expect(await ledger.quote('send.sms', 'IN')).toEqual({
      operation: 'send.sms',
      price: 2_500,
      priceId: set.id,
      country: 'IN',
    });
    expect((await ledger.quote('send.sms', 'ZA')).price).toBe(5_000);

    await expect(slice.get(SetOperationPrice).execute(person(null, true), body)).rejects.toMatchObject({
      code: 'price_version_conflict',
    });
    const past = { ...body, valid_from: new Date(now).toISOString() };
    await expect(slice.get(SetOperationPrice).execute(person(null, true), past)).rejects.toMatchObject({
      code: 'range_invalid',
    });

    const withdrawn = { operation: 'send.sms' as const, country: 'IN', price: 2_500, active: false };
    slice.clock.advance(1_000);
    await slice.get(SetOperationPrice).execute(person(null, true), withdrawn);
    expect((await ledger.quote('send.sms', 'IN')).price).toBe(5_000);
    const list = slice.get(ListOperationPrices);
    const states = (await list.execute({ country: 'IN' })).data.map(({ state, active }) => [state, active]);
    expect(states).toEqual([
      ['current', false],
      ['past', true],
    ]);
    expect((await list.execute({ country: 'IN', state: 'past' })).data).toHaveLength(1);
    expect((await list.execute({ state: 'current', operation: 'send.sms', country: 'any' })).data).toHaveLength(1);
  });

  it('says what the last month would have cost, from the rows of the ledger', async () => {
    slice.clock.set(Date.UTC(2027, 2, 10));
    await fund(slice, organizationId, 100_000);
    await charge(5_000, 0, 'ZA');
    await charge(5_000, 0, 'US');
    const { transactionIds } = await charge(5_000, 0, 'US');
    slice.clock.set(Date.UTC(2027, 3, 2));
    await charge(5_000, 0, 'US');
    const [last] = (await entries({ source_id: undefined, limit: 200 })).data.filter(
      ({ id }) => id === transactionIds[0],
    );
    const source = last?.source ?? { type: '', id: '' };
    const preview = (
      prices: { operation: 'send.sms' | 'verification.start'; country?: string | null; price: number }[],
    ) => slice.get(PreviewOperationPrices).execute(finance(), { prices });
    expect(await preview([{ operation: 'send.sms', country: 'US', price: 8_000 }])).toMatchObject({
      from: '2027-03-01T00:00:00.000Z',
      to: '2027-04-01T00:00:00.000Z',
      charged: 15_000,
      would_have_charged: 21_000,
      difference: 6_000,
      not_counted: [],
      lines: [
        { operation: 'send.sms', country: 'US', count: 2, charged: 10_000, would_have_charged: 16_000 },
        { operation: 'send.sms', country: 'ZA', count: 1, charged: 5_000, would_have_charged: 5_000 },
      ],
    });
    slice.clock.set(Date.UTC(2027, 2, 20));
    await slice
      .get(UnitOfWork)
      .run(() => slice.get(CreditLedger).refund({ organizationId, applicationId, source, reason: 'not sent' }));
    slice.clock.set(Date.UTC(2027, 3, 3));
    expect(await preview([{ operation: 'send.sms', price: 1_000 }])).toMatchObject({
      charged: 10_000,
      would_have_charged: 2_000,
    });
    expect((await preview([{ operation: 'verification.start', price: 1 }])).not_counted).toEqual([
      'verification.start',
    ]);
  });
});
