import { ConversionCounters, type ConversionEvent } from '../lib/domain/conversion-counters';
import type { FraudRule } from '../lib/domain/fraud-defaults';
import { judge } from '../lib/domain/fraud-guard';

/** Numbers without chance: the same seed plays the same day again (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface SimulatedStart {
  readonly at: number;
  readonly attack: boolean;
  readonly country: string;
  readonly prefix: string;
  readonly network: string;
  /** Seconds until the right code comes; null = never. */
  readonly approvesAfter: number | null;
  /** Somebody who was verified before. */
  readonly known: boolean;
}

export interface Outcome {
  readonly good: number;
  readonly goodBlocked: number;
  readonly attacks: number;
  readonly attacksStopped: number;
  /** Share of good starts that were blocked, and of the attack's spend that was stopped. */
  readonly blockedRatio: number;
  readonly stoppedRatio: number;
  /** Ms from the first start of the attack to the first that was blocked. */
  readonly detectedAfterMs: number | null;
}

const ORGANIZATION = 'org_simulated';

/**
 * Plays starts in order against the guard as the gate runs it: what is blocked is not sent, so it counts for nothing
 * and is never approved; approvals come when the person has typed the code.
 */
export function simulate(starts: readonly SimulatedStart[], rules: readonly FraudRule[]): Outcome {
  const counters = new ConversionCounters();
  const enforced = rules.map((rule) => ({ ...rule, mode: 'enforce' as const }));
  const approvals: ConversionEvent[] = [];
  const tally = { good: 0, goodBlocked: 0, attacks: 0, attacksStopped: 0 };
  let attackSince: number | null = null;
  let detectedAfterMs: number | null = null;
  for (const start of [...starts].sort((a, b) => a.at - b.at)) {
    approvals.sort((a, b) => b.at - a.at);
    for (let due = approvals.at(-1); due !== undefined && due.at <= start.at; due = approvals.at(-1)) {
      counters.add(due);
      approvals.pop();
    }
    const subject = { organizationId: ORGANIZATION, ...start };
    const blocked = !start.known && judge(counters.view(subject, start.at), enforced, start).length > 0;
    if (start.attack) {
      attackSince ??= start.at;
      tally.attacks += 1;
      if (blocked) {
        tally.attacksStopped += 1;
        detectedAfterMs ??= start.at - attackSince;
      }
    } else {
      tally.good += 1;
      if (blocked) tally.goodBlocked += 1;
    }
    if (blocked) continue;
    counters.add({ kind: 'started', ...subject });
    if (start.approvesAfter !== null) {
      approvals.push({ kind: 'approved', ...subject, at: start.at + start.approvesAfter * 1000 });
    }
  }
  return {
    ...tally,
    blockedRatio: tally.good === 0 ? 0 : tally.goodBlocked / tally.good,
    stoppedRatio: tally.attacks === 0 ? 1 : tally.attacksStopped / tally.attacks,
    detectedAfterMs,
  };
}

export interface PeoplePlan {
  readonly random: () => number;
  readonly from: number;
  readonly hours: number;
  readonly perHour: (hour: number) => number;
  readonly country?: string;
  /** Share that types the right code in the end. */
  readonly conversion?: number;
  /** Share that was verified before. */
  readonly known?: number;
  /** Blocks of numbers that they are spread over. */
  readonly blocks?: number;
}

/** People: spread over blocks and addresses, a part behind shared addresses, codes typed within half a minute or so. */
export function people(plan: PeoplePlan): SimulatedStart[] {
  const { random, from, hours, perHour, country = 'ZA', conversion = 0.82, known = 0, blocks = 800 } = plan;
  const starts: SimulatedStart[] = [];
  for (let hour = 0; hour < hours; hour += 1) {
    for (let i = 0; i < perHour(hour); i += 1) {
      const shared = random() < 0.3;
      const where = shared ? Math.floor(random() * 40) : 1_000 + Math.floor(random() * 60_000);
      starts.push({
        at: from + (hour + random()) * 3_600_000,
        attack: false,
        country,
        prefix: `+27${String(82_0000 + Math.floor(random() * blocks))}`,
        network: `10.${where >> 16}.${(where >> 8) & 255}.${where & 255}`,
        approvesAfter: random() < conversion ? 8 + 60 * random() ** 2 : null,
        known: random() < known,
      });
    }
  }
  return starts;
}

export interface AttackPlan {
  readonly random: () => number;
  readonly from: number;
  readonly hours: number;
  readonly perHour: number;
  readonly country: string;
  readonly blocks: number;
  readonly addresses: number;
}

/** Pumping: numbers of a few rented blocks, one after the other, and no code is ever typed. */
export function pumping({ random, from, hours, perHour, country, blocks, addresses }: AttackPlan): SimulatedStart[] {
  return Array.from({ length: Math.round(hours * perHour) }, (_, i): SimulatedStart => {
    const address = Math.floor(random() * addresses);
    return {
      at: from + (i / perHour) * 3_600_000,
      attack: true,
      country,
      prefix: `+99${String(70_000 + (i % blocks))}`,
      network: `172.${16 + (address >> 16)}.${(address >> 8) & 255}.${address & 255}`,
      approvesAfter: null,
      known: false,
    };
  });
}
