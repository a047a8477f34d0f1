import { ConversionCounters } from './conversion-counters';
import { countedKeys, type CountedStart } from './counted-by';
import { AllowedStarts, type AllowList } from './fraud-allow';
import type { FraudRule } from './fraud-defaults';
import { judge } from './fraud-guard';
import type { RuleBook } from './limit-rules';

/** A request of the past, as it was stored. */
export interface ReplayedStart extends CountedStart {
  /** `refused`: a start that was refused then; it is asked again. */
  readonly kind: 'started' | 'approved' | 'refused';
  readonly at: number;
}

/** For each request that was asked again: by which policy or rule it would be refused. Null = let through. */
export type Replay = ReadonlyMap<ReplayedStart, string | null>;

interface FixedWindow {
  startedAt: number;
  count: number;
}

/** Counts one for the key, and says whether it is within the limit. A window begins with its first request. */
function counts(windows: Map<string, FixedWindow>, key: string, limit: number, windowMs: number, at: number): boolean {
  const window = windows.get(key);
  if (window === undefined || window.startedAt + windowMs <= at) {
    windows.set(key, { startedAt: at, count: 1 });
    return limit >= 1;
  }
  window.count += 1;
  return window.count <= limit;
}

/** Requests of the past against limits, in their order. The same rules as the gate's, on counters of its own. */
export function replayLimits(starts: readonly ReplayedStart[], rules: RuleBook): Replay {
  const windows = new Map<string, FixedWindow>();
  const result = new Map<ReplayedStart, string | null>();
  for (const start of starts) {
    if (start.kind === 'approved') continue;
    const refused = countedKeys(start, 'start', rules).find(
      ({ policy, limit, windowSeconds, key }) =>
        !counts(windows, `${policy}/${start.channel}/${key}`, limit, windowSeconds * 1000, start.at),
    );
    result.set(start, refused?.policy ?? refusedDestination(start, rules, windows));
  }
  return result;
}

/** Both windows of a destination count only what both let through. */
function refusedDestination(start: ReplayedStart, rules: RuleBook, windows: Map<string, FixedWindow>): string | null {
  if (start.destinationHash === null) return null;
  const limits = (['destination_short', 'destination_long'] as const).flatMap((policy) => {
    const rule = rules.find(policy, start.channel);
    return rule === null ? [] : [{ policy, rule, key: `${policy}/${start.organizationId}/${start.destinationHash}` }];
  });
  const full = limits.find(({ rule, key }) => {
    const window = windows.get(key);
    const open = window !== undefined && window.startedAt + rule.windowSeconds * 1000 > start.at;
    return open && window.count >= rule.quota;
  });
  if (full !== undefined) return full.policy;
  for (const { rule, key } of limits) counts(windows, key, rule.quota, rule.windowSeconds * 1000, start.at);
  return null;
}

/** Starts of the past against the fraud guard. What it blocks counts for nothing afterwards, and is never approved. */
export function replayGuard(starts: readonly ReplayedStart[], rules: readonly FraudRule[], allow: AllowList): Replay {
  const counters = new ConversionCounters();
  const allowed = new AllowedStarts(allow);
  const known = new Set<string>();
  const blocked = new Set<string>();
  const result = new Map<ReplayedStart, string | null>();
  for (const start of starts) {
    if (start.channel !== 'sms') continue;
    const person = `${start.organizationId}/${start.destinationHash ?? ''}`;
    if (start.kind === 'approved') {
      if (blocked.has(person)) continue;
      counters.add({ ...start, kind: 'approved' });
      known.add(person);
      continue;
    }
    const found = judge(counters.view(start, start.at), rules, start).find((finding) => finding.enforced);
    const passes =
      found === undefined ||
      known.has(person) ||
      allowed.reason({ clientIp: start.network, country: start.country, prefix: start.prefix }) !== null;
    result.set(start, passes ? null : found.rule);
    if (passes) {
      blocked.delete(person);
      counters.add({ ...start, kind: 'started' });
    } else {
      blocked.add(person);
    }
  }
  return result;
}

export interface Effect {
  readonly considered: number;
  readonly wouldRefuse: number;
  readonly refusedNow: number;
  readonly wouldRefuseApproved: number;
  readonly byPolicy: readonly { readonly policy: string; readonly wouldRefuse: number; readonly refusedNow: number }[];
  readonly organizations: readonly {
    readonly organizationId: string;
    readonly wouldRefuse: number;
    readonly considered: number;
  }[];
}

/** Approvals come within an hour of their start. */
const APPROVAL_MS = 3_600_000;
const MOST_ORGANIZATIONS = 10;

/** What a change would have done, beside what the rules in force do to the same requests. */
export function effectOf(starts: readonly ReplayedStart[], now: Replay, then: Replay): Effect {
  const approvals = new Map<string, number[]>();
  const person = (start: ReplayedStart): string => `${start.applicationId}/${start.destinationHash ?? ''}`;
  for (const start of starts) {
    if (start.kind !== 'approved') continue;
    const times = approvals.get(person(start));
    if (times === undefined) approvals.set(person(start), [start.at]);
    else times.push(start.at);
  }
  const approved = (start: ReplayedStart): boolean =>
    approvals.get(person(start))?.some((at) => at >= start.at && at <= start.at + APPROVAL_MS) ?? false;

  const refused = [...then].filter(([, policy]) => policy !== null);
  const countBy = (replay: Replay, policy: string): number => [...replay.values()].filter((by) => by === policy).length;
  const policies = [...new Set([...now.values(), ...then.values()])].filter((policy) => policy !== null).sort();
  const byOrganization = new Map<string, { considered: number; wouldRefuse: number }>();
  for (const [start, policy] of then) {
    const sum = byOrganization.get(start.organizationId) ?? { considered: 0, wouldRefuse: 0 };
    byOrganization.set(start.organizationId, {
      considered: sum.considered + 1,
      wouldRefuse: sum.wouldRefuse + (policy === null ? 0 : 1),
    });
  }
  return {
    considered: then.size,
    wouldRefuse: refused.length,
    refusedNow: [...now.values()].filter((policy) => policy !== null).length,
    wouldRefuseApproved: refused.filter(([start]) => approved(start)).length,
    byPolicy: policies.map((policy) => ({
      policy,
      wouldRefuse: countBy(then, policy),
      refusedNow: countBy(now, policy),
    })),
    organizations: [...byOrganization]
      .map(([organizationId, sums]) => ({ organizationId, ...sums }))
      .filter(({ wouldRefuse }) => wouldRefuse > 0)
      .sort((a, b) => b.wouldRefuse - a.wouldRefuse)
      .slice(0, MOST_ORGANIZATIONS),
  };
}
