import type { FraudParameters, FraudRuleName } from '@tollgate/contracts';
import type { ConversionView, Window } from './conversion-counters';
import type { FraudRule } from './fraud-defaults';

/** What the guard counted against a start, in words and figures. */
export interface FraudFinding {
  readonly rule: FraudRuleName;
  readonly enforced: boolean;
  readonly explanation: string;
  readonly observed: number;
  readonly allowed: number;
}

interface Budget {
  readonly window: Window;
  /** Approvals of the best of the last 14 days. */
  readonly peak: number;
  readonly words: string;
}

/**
 * What a start finds against it. A budget is spent by starts that nobody verified: their number, less those so young
 * that somebody may be typing the code just now, against what the verified ones earn. Pure: the same view gives the
 * same findings, so that a preview and the simulator judge exactly as the gate does.
 */
export function judge(
  view: ConversionView,
  rules: readonly FraudRule[],
  start: { readonly country: string | null },
): FraudFinding[] {
  return rules.flatMap((rule): FraudFinding[] => {
    if (rule.mode === 'off') return [];
    const finding = rule.rule === 'countries_per_ip' ? judgeCountries(view, rule, start) : judgeBudget(view, rule);
    return finding === null ? [] : [{ ...finding, enforced: rule.mode === 'enforce' }];
  });
}

type Found = Omit<FraudFinding, 'enforced'>;

function judgeBudget(view: ConversionView, { rule, parameters }: FraudRule): Found | null {
  const budget = budgetOf(view, rule);
  if (budget === null) return null;
  const observed = unverifiedOf(budget.window, parameters);
  const allowed = allowedBy(budget, parameters);
  if (observed < allowed) return null;
  return {
    rule,
    observed,
    allowed,
    explanation: `${observed} unverified starts ${budget.words}; ${allowed} are allowed for ${budget.window.approved} verified`,
  };
}

function judgeCountries(
  view: ConversionView,
  { rule, parameters }: FraudRule,
  start: { readonly country: string | null },
): Found | null {
  if (view.ip === null || start.country === null) return null;
  const observed = new Set([...view.ip.unverifiedCountries, start.country]).size;
  if (observed <= parameters.floor || view.ip.unverifiedCountries.length < parameters.floor) return null;
  const explanation = `one address started to ${observed} countries within a day and verified none; ${parameters.floor} are allowed`;
  return { rule, observed, allowed: parameters.floor, explanation };
}

function budgetOf(view: ConversionView, rule: FraudRuleName): Budget | null {
  const { ip, prefix, country } = view;
  const peak = country?.peakApproved ?? 0;
  switch (rule) {
    case 'unverified_ip':
      return ip === null ? null : { window: ip, peak: 0, words: 'from this address within a day' };
    case 'unverified_prefix':
      return prefix === null ? null : { window: prefix, peak: 0, words: 'to this block of numbers within a day' };
    case 'unverified_country_hour':
      return country === null ? null : { window: country.hour, peak, words: 'to this country within an hour' };
    case 'unverified_country_day':
      return country === null ? null : { window: country.day, peak, words: 'to this country within a day' };
    case 'unverified_country_week':
      return country === null ? null : { window: country.week, peak, words: 'to this country within a week' };
    case 'countries_per_ip':
      return null;
  }
}

function unverifiedOf({ started, approved, inFlight }: Window, { in_flight: free }: FraudParameters): number {
  return Math.max(0, started - approved - Math.min(inFlight, free));
}

function allowedBy({ window, peak }: Budget, { floor, of_peak, of_recent }: FraudParameters): number {
  return Math.floor(Math.max(floor, of_peak * peak, of_recent * window.approved));
}
