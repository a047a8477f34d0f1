import type { ConversionView, Window } from './conversion-counters';
import { ConversionCounters } from './conversion-counters';
import { AllowedStarts } from './fraud-allow';
import { DEFAULT_FRAUD_RULES, type FraudRule } from './fraud-defaults';
import { judge } from './fraud-guard';

const none: Window = { started: 0, approved: 0, inFlight: 0 };
const quiet: ConversionView = {
  ip: { ...none, unverifiedCountries: [] },
  prefix: none,
  country: { hour: none, day: none, week: none, peakApproved: 0 },
};
const rule = (over: Partial<FraudRule['parameters']>, name: FraudRule['rule'] = 'unverified_prefix'): FraudRule => ({
  rule: name,
  mode: 'enforce',
  parameters: { floor: 10, of_peak: 0, of_recent: 0, in_flight: 0, ...over },
});
const prefix = (window: Partial<Window>): ConversionView => ({ ...quiet, prefix: { ...none, ...window } });
const finds = (view: ConversionView, one: FraudRule) => judge(view, [one], { country: 'ZA' }).length > 0;

describe('judge', () => {
  it('finds nothing against a start in quiet surroundings', () => {
    expect(judge(quiet, DEFAULT_FRAUD_RULES, { country: 'ZA' })).toEqual([]);
  });

  it('allows exactly the floor of unverified starts', () => {
    expect(finds(prefix({ started: 9 }), rule({}))).toBe(false);
    expect(finds(prefix({ started: 10 }), rule({}))).toBe(true);
  });

  it('earns more by what was verified', () => {
    expect(finds(prefix({ started: 130, approved: 100 }), rule({ of_recent: 0.5 }))).toBe(false);
    expect(finds(prefix({ started: 150, approved: 100 }), rule({ of_recent: 0.5 }))).toBe(true);
  });

  it('does not hold against a start those that may be typing just now', () => {
    expect(finds(prefix({ started: 25, inFlight: 20 }), rule({ in_flight: 20 }))).toBe(false);
    expect(finds(prefix({ started: 30, inFlight: 20 }), rule({ in_flight: 20 }))).toBe(true);
    expect(finds(prefix({ started: 15, inFlight: 15 }), rule({ in_flight: 4 }))).toBe(true);
  });

  it('earns by the best day of two weeks', () => {
    const view = (started: number): ConversionView => ({
      ...quiet,
      country: { hour: none, day: { ...none, started }, week: none, peakApproved: 1_000 },
    });
    const day = rule({ of_peak: 0.5 }, 'unverified_country_day');
    expect(finds(view(499), day)).toBe(false);
    expect(finds(view(500), day)).toBe(true);
  });

  it('finds an address that wanders through countries', () => {
    const view = (countries: string[]): ConversionView => ({
      ...quiet,
      ip: { ...none, unverifiedCountries: countries },
    });
    const wandering = rule({ floor: 3 }, 'countries_per_ip');
    expect(finds(view(['TM', 'UZ']), wandering)).toBe(false);
    expect(finds(view(['TM', 'UZ', 'ZA']), wandering)).toBe(false);
    expect(finds(view(['TM', 'UZ', 'TJ']), wandering)).toBe(true);
  });

  it('says what was counted and what is allowed, and whether it is enforced', () => {
    const [finding] = judge(prefix({ started: 12, approved: 1 }), [{ ...rule({}), mode: 'record' }], { country: 'ZA' });
    expect(finding).toEqual({
      rule: 'unverified_prefix',
      enforced: false,
      observed: 11,
      allowed: 10,
      explanation: '11 unverified starts to this block of numbers within a day; 10 are allowed for 1 verified',
    });
    expect(judge(prefix({ started: 50 }), [{ ...rule({}), mode: 'off' }], { country: 'ZA' })).toEqual([]);
  });

  it('judges by nothing that the start does not name', () => {
    const view = { ip: null, prefix: null, country: null };
    expect(judge(view, DEFAULT_FRAUD_RULES, { country: null })).toEqual([]);
  });
});

describe('ConversionCounters', () => {
  const HOUR = 3_600_000;
  const NOW = Date.UTC(2026, 10, 22, 12);
  const subject = { organizationId: 'org_1', country: 'ZA', prefix: '+27821234', network: '192.0.2.7' };

  it('counts by country, block and address within their windows', () => {
    const counters = new ConversionCounters();
    counters.add({ ...subject, kind: 'started', at: NOW - 3 * HOUR });
    counters.add({ ...subject, kind: 'started', at: NOW - 30 * 60_000 });
    counters.add({ ...subject, kind: 'approved', at: NOW - 29 * 60_000 });
    const view = counters.view(subject, NOW);
    expect(view.country?.hour).toEqual({ started: 1, approved: 1, inFlight: 0 });
    expect(view.country?.day).toEqual({ started: 2, approved: 1, inFlight: 0 });
    expect(view.ip).toMatchObject({ started: 2, approved: 1, unverifiedCountries: [] });
    expect(view.prefix).toMatchObject({ started: 2, approved: 1 });
  });

  it('forgets after a day what is counted by the day, and knows the best of two weeks', () => {
    const counters = new ConversionCounters();
    for (let i = 0; i < 5; i += 1) counters.add({ ...subject, kind: 'approved', at: NOW - 48 * HOUR });
    counters.setDay('org_1', 'ZA', NOW - 20 * 24 * HOUR, { started: 900, approved: 900 });
    counters.add({ ...subject, kind: 'started', at: NOW });
    expect(counters.view(subject, NOW).prefix).toEqual({ started: 1, approved: 0, inFlight: 1 });
    expect(counters.view(subject, NOW).country?.peakApproved).toBe(5);
  });

  it('keeps organizations apart', () => {
    const counters = new ConversionCounters();
    counters.add({ ...subject, kind: 'started', at: NOW });
    expect(counters.view({ ...subject, organizationId: 'org_2' }, NOW)).toEqual(quiet);
  });
});

describe('AllowedStarts', () => {
  const allowed = new AllowedStarts({
    networks: ['192.0.2.0/24', '2001:db8::/32'],
    countries: ['DE'],
    prefixes: ['+2782'],
  });

  it('names the entry that lets a start pass', () => {
    const asked = { clientIp: null, country: null, prefix: null };
    expect(allowed.reason({ ...asked, clientIp: '192.0.2.99' })).toBe('client address');
    expect(allowed.reason({ ...asked, clientIp: '2001:db8:1:2::/64' })).toBe('client address');
    expect(allowed.reason({ ...asked, country: 'DE' })).toBe('country DE');
    expect(allowed.reason({ ...asked, prefix: '+27821234' })).toBe('prefix +2782');
    expect(allowed.reason({ clientIp: '198.51.100.1', country: 'ZA', prefix: '+27711234' })).toBeNull();
  });
});
