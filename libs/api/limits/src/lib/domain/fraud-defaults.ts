import type { FraudParameters, FraudRuleName } from '@tollgate/contracts';

export type RuleMode = 'enforce' | 'record' | 'off';

/** One rule of the guard: unverified starts above max(floor, of_peak × best day, of_recent × verified) are refused. */
export interface FraudRule {
  readonly rule: FraudRuleName;
  readonly mode: RuleMode;
  readonly parameters: FraudParameters;
}

export const FRAUD_DESCRIPTIONS: Readonly<Record<FraudRuleName, string>> = {
  unverified_ip: 'Starts from one client address within a day that were never verified',
  unverified_prefix: 'Starts to one block of 10,000 numbers within a day that were never verified',
  unverified_country_hour: 'Starts to one country within an hour that were never verified',
  unverified_country_day: 'Starts to one country within a day that were never verified',
  unverified_country_week: 'Starts to one country within a week that were never verified',
  countries_per_ip: 'Countries that one client address started to within a day without verifying any',
};

/**
 * Budgets of unverified starts, after Authgear's design, tuned in the simulator beside this. Those by address are
 * enforced; the others decide and let pass until staff, having seen what they would have done, enforce them. A
 * migration writes these rows, so they never change here: another default is another migration.
 */
export const DEFAULT_FRAUD_RULES: readonly FraudRule[] = [
  { rule: 'unverified_ip', mode: 'enforce', parameters: { floor: 20, of_peak: 0, of_recent: 0.8, in_flight: 10 } },
  { rule: 'unverified_prefix', mode: 'record', parameters: { floor: 8, of_peak: 0, of_recent: 0.8, in_flight: 6 } },
  {
    rule: 'unverified_country_hour',
    mode: 'record',
    parameters: { floor: 20, of_peak: 0.1, of_recent: 1, in_flight: 300 },
  },
  {
    rule: 'unverified_country_day',
    mode: 'record',
    parameters: { floor: 30, of_peak: 0.5, of_recent: 0.8, in_flight: 300 },
  },
  {
    rule: 'unverified_country_week',
    mode: 'record',
    parameters: { floor: 40, of_peak: 1, of_recent: 0.8, in_flight: 300 },
  },
  { rule: 'countries_per_ip', mode: 'enforce', parameters: { floor: 3, of_peak: 0, of_recent: 0, in_flight: 0 } },
];
