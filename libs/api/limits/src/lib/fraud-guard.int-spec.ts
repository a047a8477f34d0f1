import { type ApplicationFacts } from '@tollgate/api/applications';
import { anApplication } from '@tollgate/api/applications/testing';
import { UnitOfWork } from '@tollgate/api/database';
import { HttpModule } from '@tollgate/api/http';
import { bootSlice, onBothEngines, type Slice } from '@tollgate/api/testing';
import { aNumber, anAttempt, somebody } from '../testing';
import { ChangeFraudRules } from './change-fraud-rules';
import { ConversionMemory } from './conversion-memory';
import { LimitsModule } from './limits.module';
import { PreviewRules } from './preview-rules';
import { ReadFraudRules } from './read-fraud-rules';
import { ReadRefusals } from './read-refusals';
import { StartGate, type StartAttempt } from './start-gate';
import { SweepLimits } from './sweep-limits';

const MINUTE = 60_000;
const DAY = 86_400_000;

onBothEngines((engine) => {
  let slice: Slice;
  let application: ApplicationFacts;
  let prefix: string;

  beforeAll(async () => {
    slice = await bootSlice({ engine, modules: [HttpModule, LimitsModule] });
  }, 60_000);
  afterAll(() => slice.close());
  beforeEach(async () => {
    application = await anApplication(slice, { settings: { fraud_guard: 'enforce' } });
    prefix = aNumber().prefix;
    await rules([{ rule: 'unverified_prefix', mode: 'enforce', parameters: { floor: 4, in_flight: 0 } }]);
  });

  const rules = (changes: Parameters<ChangeFraudRules['execute']>[1]['rules']) =>
    slice.get(ChangeFraudRules).execute(somebody(), { rules: changes });
  const attempt = (over: Partial<StartAttempt> = {}) => anAttempt(application, { prefix, ...over });
  const admit = (one: StartAttempt, on: Slice = slice) => on.get(StartGate).admit(one);
  const observe = (kind: 'started' | 'approved', one: StartAttempt, on: Slice = slice) =>
    on.get(UnitOfWork).run(() => on.get(StartGate).observe({ kind, attempt: one }));
  /** So many starts that nobody verifies. */
  const pump = async (count: number, on: Slice = slice): Promise<void> => {
    for (let i = 0; i < count; i += 1) await observe('started', attempt(), on);
  };
  const outcome = async (one = attempt(), on: Slice = slice) => (await admit(one, on)).outcome;

  it('blocks once the budget of unverified starts is spent, and says why', async () => {
    await admit(attempt());
    await pump(3);
    expect(await outcome()).toBe('allow');
    await pump(1);
    const one = attempt();
    expect(await admit(one)).toEqual({
      outcome: 'block',
      reasons: [
        {
          rule: 'unverified_prefix',
          observed: 4,
          allowed: 4,
          explanation: '4 unverified starts to this block of numbers within a day; 4 are allowed for 0 verified',
        },
      ],
    });
    const owner = somebody({ platformStaff: false, actingOrganizationId: application.organizationId });
    const { data } = await slice.get(ReadRefusals).page(owner, {});
    expect(data[0]).toMatchObject({ outcome: 'blocked', code: 'verification_blocked', policy: 'unverified_prefix' });
  });

  it('counts nothing of a start that was blocked, so its person loses no allowance', async () => {
    await admit(attempt());
    await pump(4);
    const one = attempt();
    for (let i = 0; i < 8; i += 1) expect(await outcome(one)).toBe('block');
    const [row] = await slice.database.query<{ n: number }>(
      'SELECT COUNT(*) AS n FROM destination_counter WHERE destination_hash = ?',
      [one.destinationHash ?? ''],
    );
    expect(Number(row?.n)).toBe(0);
  });

  it('earns budget back with verified starts', async () => {
    await rules([{ rule: 'unverified_prefix', parameters: { of_recent: 1 } }]);
    await admit(attempt());
    await pump(4);
    for (let i = 0; i < 6; i += 1) await observe('started', attempt());
    expect(await outcome()).toBe('block');
    for (let i = 0; i < 6; i += 1) await observe('approved', attempt());
    expect(await outcome()).toBe('allow');
  });

  it('lets somebody pass who was verified before, and says so', async () => {
    const known = attempt();
    await admit(known);
    await observe('approved', known);
    await pump(6);
    expect(await outcome()).toBe('block');
    expect(await admit(known)).toMatchObject({ outcome: 'allow', reasons: [{ rule: 'known_destination' }, {}] });
  });

  it('only records for an application that records, and for a rule that records', async () => {
    const recording = await anApplication(slice, { settings: { fraud_guard: 'record' } });
    const elsewhere = () => anAttempt(recording, { prefix });
    await admit(elsewhere());
    for (let i = 0; i < 5; i += 1) await observe('started', elsewhere());
    expect(await admit(elsewhere())).toMatchObject({
      outcome: 'would_block',
      reasons: [{ rule: 'unverified_prefix' }],
    });
    const owner = somebody({ platformStaff: false, actingOrganizationId: recording.organizationId });
    expect((await slice.get(ReadRefusals).page(owner, { outcome: 'would_block' })).data).toHaveLength(1);

    await admit(attempt());
    await pump(5);
    expect(await outcome()).toBe('block');
    await rules([{ rule: 'unverified_prefix', mode: 'record' }]);
    expect(await outcome()).toBe('would_block');
    await rules([{ rule: 'unverified_prefix', mode: 'off' }]);
    expect(await outcome()).toBe('allow');
  });

  it('judges neither mail, nor test keys, nor an application that switched it off', async () => {
    const off = await anApplication(slice, { settings: { fraud_guard: 'off' } });
    await admit(attempt());
    await pump(6);
    expect(await outcome(attempt({ channel: 'email', country: null }))).toBe('allow');
    expect(await outcome(attempt({ test: true }))).toBe('allow');
    for (let i = 0; i < 6; i += 1) await observe('started', anAttempt(off, { prefix }));
    expect(await outcome(anAttempt(off, { prefix }))).toBe('allow');
    const before = await slice.database.query('SELECT id FROM start_attempt WHERE application_id = ?', [
      application.id,
    ]);
    await observe('started', attempt({ test: true }));
    const after = await slice.database.query('SELECT id FROM start_attempt WHERE application_id = ?', [application.id]);
    expect(after).toHaveLength(before.length);
  });

  it('lets pass whom the allow-list names', async () => {
    await admit(attempt());
    await pump(6);
    const allow = (lists: object) => slice.get(ChangeFraudRules).execute(somebody(), { allow: lists });
    const view = await allow({ networks: ['203.0.113.0/24'], countries: ['DE'], prefixes: ['+4477'] });
    expect(view.allow).toEqual({ networks: ['203.0.113.0/24'], countries: ['DE'], prefixes: ['+4477'] });
    expect(await admit(attempt({ clientIp: '203.0.113.9' }))).toMatchObject({
      outcome: 'allow',
      reasons: [{ rule: 'allow_listed', explanation: 'The allow-list names it: client address' }, {}],
    });
    expect(await outcome(attempt({ clientIp: '198.51.100.9' }))).toBe('block');
    await expect(allow({ networks: ['203.0.113.9/24'] })).rejects.toMatchObject({ code: 'invalid_address_range' });
    await allow({ networks: [], countries: [], prefixes: [] });
    expect((await slice.get(ReadFraudRules).execute()).allow).toEqual({ networks: [], countries: [], prefixes: [] });
  });

  it('counts only what was committed', async () => {
    await admit(attempt());
    for (let i = 0; i < 6; i += 1) {
      const failed = slice.get(UnitOfWork).run(async () => {
        await slice.get(StartGate).observe({ kind: 'started', attempt: attempt() });
        throw new Error('insufficient credits');
      });
      await expect(failed).rejects.toThrow('insufficient credits');
    }
    expect(await outcome()).toBe('allow');
  });

  it('knows after a restart, and from other processes, what was started', async () => {
    await admit(attempt());
    await pump(3);
    const other = await bootSlice({ engine, modules: [HttpModule, LimitsModule], beside: slice });
    expect(await outcome(attempt(), other)).toBe('allow');
    await pump(1, other);
    expect(await outcome(attempt(), other)).toBe('block');
    expect(await outcome()).toBe('allow');
    await slice.get(ConversionMemory).refresh();
    await slice.get(ConversionMemory).refresh();
    expect(await admit(attempt())).toMatchObject({ outcome: 'block', reasons: [{ observed: 4 }] });
    await other.close();
  });

  it('folds days for the weekly budget and the best day, the same however often it runs', async () => {
    await pump(3);
    await observe('approved', attempt());
    const country = 'KE';
    for (let i = 0; i < 5; i += 1) await observe('approved', attempt({ country }));
    await slice.get(SweepLimits).execute();
    await slice.get(SweepLimits).execute();
    const days = await slice.database.query<{ country: string; started: number; approved: number }>(
      'SELECT country, started, approved FROM conversion_day WHERE organization_id = ? ORDER BY country',
      [application.organizationId],
    );
    expect(days.map((day) => [day.country, Number(day.started), Number(day.approved)])).toEqual([
      ['KE', 0, 5],
      ['ZA', 3, 1],
    ]);
    slice.clock.advance(2 * DAY);
    const later = await bootSlice({ engine, modules: [HttpModule, LimitsModule], beside: slice });
    const view = await later
      .get(ConversionMemory)
      .view(
        { organizationId: application.organizationId, country, prefix: null, network: null },
        slice.clock.recordedAt(),
      );
    expect(view.country).toMatchObject({ week: { started: 0, approved: 5 }, peakApproved: 5, day: { approved: 0 } });
    await later.close();
  });

  it('removes what is old and keeps what is needed', async () => {
    const one = attempt();
    await admit(one);
    await pump(2);
    slice.clock.advance(16 * DAY);
    await pump(1);
    await slice.get(SweepLimits).execute();
    const count = async (table: string, column: string, value: string): Promise<number> => {
      const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE ${column} = ?`;
      return Number((await slice.database.query<{ n: number }>(sql, [value]))[0]?.n);
    };
    expect(await count('start_attempt', 'application_id', application.id)).toBe(1);
    expect(await count('destination_counter', 'destination_hash', one.destinationHash ?? '')).toBe(0);
  });

  it('says how many real starts a change would have refused, limits and guard', async () => {
    slice.clock.advance(8 * DAY);
    await rules([{ rule: 'unverified_prefix', mode: 'off' }]);
    const users = Array.from({ length: 6 }, () => attempt({ userRef: 'same person' }));
    for (const one of users) {
      await admit(one);
      await observe('started', one);
      slice.clock.advance(MINUTE);
    }
    const [first] = users;
    if (first !== undefined) await observe('approved', first);
    const limits = await slice.get(PreviewRules).limitsChange({ rules: [{ policy: 'user_ref', quota: 2 }] });
    expect(limits).toMatchObject({
      considered: 6,
      truncated: false,
      would_refuse: 4,
      refused_now: 0,
      by_policy: [{ policy: 'user_ref', would_refuse: 4, refused_now: 0 }],
      organizations: [{ organization_id: application.organizationId, would_refuse: 4, considered: 6 }],
    });
    const guard = await slice.get(PreviewRules).fraudChange({
      rules: [{ rule: 'unverified_prefix', mode: 'enforce', parameters: { floor: 2, in_flight: 0 } }],
    });
    expect(guard.considered).toBe(6);
    expect(guard.would_refuse).toBeGreaterThan(guard.refused_now);
  });

  it('raises the version with each change and records who changed what', async () => {
    const { version } = await slice.get(ReadFraudRules).execute();
    const change = {
      version,
      rules: [{ rule: 'unverified_ip' as const, parameters: { floor: 33 } }],
      reason: 'Campus',
    };
    const after = await slice.get(ChangeFraudRules).execute(somebody({ label: 'sam@tollgate.test' }), change);
    expect(after.version).toBe(version + 1);
    expect(after.rules.find((rule) => rule.rule === 'unverified_ip')).toMatchObject({
      mode: 'enforce',
      parameters: { floor: 33, of_recent: 0.8 },
      updated_by: 'sam@tollgate.test',
    });
    await expect(slice.get(ChangeFraudRules).execute(somebody(), change)).rejects.toMatchObject({
      code: 'version_conflict',
    });
  });
});
