import type { LimitPolicy } from '@tollgate/contracts';

export type RuleChannel = 'any' | 'sms' | 'email' | 'mobile';

/** So many in a window, for one thing that is counted. */
export interface LimitRule {
  readonly policy: LimitPolicy;
  readonly channel: RuleChannel;
  readonly quota: number;
  readonly windowSeconds: number;
  readonly enabled: boolean;
}

/** What each policy counts; shown beside it. */
export const POLICY_DESCRIPTIONS: Readonly<Record<LimitPolicy, string>> = {
  application: 'Starts and resends of one application',
  client_ip: 'Starts for one client address (IPv4) or /64 (IPv6), when the application names it',
  client_network: 'Starts for one /24 (IPv4) or /48 (IPv6) of client addresses',
  user_ref: 'Starts for one user of the application, when it names one',
  prefix: 'Starts to one block of numbers: E.164 less the last four digits',
  country: 'Starts of one organization to one country',
  destination_short: 'Starts and resends to one destination within a short window',
  destination_long: 'Starts and resends to one destination within a long window',
  wrong_checks: 'Wrong codes of one destination until guessing is slowed down, longer with each',
  wrong_checks_lock: 'Consecutive wrong codes of one destination until guessing is locked; the window plays no part',
};

/**
 * What an installation begins with; the table is what holds. Windows in seconds. A migration writes these rows, so
 * they never change here: another default is another migration.
 */
export const DEFAULT_LIMITS: readonly LimitRule[] = [
  { policy: 'application', channel: 'any', quota: 3_000, windowSeconds: 60, enabled: true },
  { policy: 'client_ip', channel: 'any', quota: 120, windowSeconds: 600, enabled: true },
  { policy: 'client_network', channel: 'any', quota: 3_000, windowSeconds: 600, enabled: true },
  { policy: 'user_ref', channel: 'any', quota: 10, windowSeconds: 600, enabled: true },
  { policy: 'prefix', channel: 'sms', quota: 1_000, windowSeconds: 600, enabled: true },
  { policy: 'country', channel: 'sms', quota: 20_000, windowSeconds: 3_600, enabled: true },
  { policy: 'destination_short', channel: 'any', quota: 5, windowSeconds: 600, enabled: true },
  { policy: 'destination_long', channel: 'any', quota: 10, windowSeconds: 86_400, enabled: true },
  { policy: 'wrong_checks', channel: 'any', quota: 10, windowSeconds: 3_600, enabled: true },
  { policy: 'wrong_checks_lock', channel: 'any', quota: 100, windowSeconds: 2_592_000, enabled: true },
];

/** The rules in force. A rule of a channel holds instead of the one for any. */
export class RuleBook {
  private readonly rules = new Map<string, LimitRule>();

  constructor(
    rules: readonly LimitRule[],
    readonly version = 0,
  ) {
    for (const rule of rules) this.rules.set(`${rule.policy}/${rule.channel}`, rule);
  }

  /** Null when nothing limits it. */
  find(policy: LimitPolicy, channel: RuleChannel): LimitRule | null {
    const rule = this.rules.get(`${policy}/${channel}`) ?? this.rules.get(`${policy}/any`);
    return rule?.enabled === true ? rule : null;
  }

  all(): readonly LimitRule[] {
    return [...this.rules.values()];
  }

  /** The longest that any destination window lasts, in ms: older counters are of no use. */
  longestDestinationWindowMs(): number {
    const windows = this.all().filter(({ policy }) => policy.startsWith('destination_'));
    return Math.max(0, ...windows.map((rule) => rule.windowSeconds * 1000));
  }
}

export interface RuleChange {
  readonly policy: LimitPolicy;
  readonly channel?: RuleChannel | undefined;
  readonly quota?: number | undefined;
  readonly window_s?: number | undefined;
  readonly enabled?: boolean | undefined;
}

/** The rules with changes applied; a channel that had no rule of its own gets one that starts from the rule for any. */
export function changedRules(rules: readonly LimitRule[], changes: readonly RuleChange[]): LimitRule[] {
  const result = [...rules];
  for (const change of changes) {
    const channel = change.channel ?? 'any';
    const at = result.findIndex((rule) => rule.policy === change.policy && rule.channel === channel);
    const base =
      result[at] ??
      result.find((rule) => rule.policy === change.policy && rule.channel === 'any') ??
      DEFAULT_LIMITS.find((rule) => rule.policy === change.policy);
    if (base === undefined) continue;
    const changed: LimitRule = {
      policy: change.policy,
      channel,
      quota: change.quota ?? base.quota,
      windowSeconds: change.window_s ?? base.windowSeconds,
      enabled: change.enabled ?? base.enabled,
    };
    if (at < 0) result.push(changed);
    else result[at] = changed;
  }
  return result;
}
