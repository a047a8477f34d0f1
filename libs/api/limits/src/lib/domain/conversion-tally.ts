export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;
/** Grain of the last day; windows of an hour and a day are cut at it. */
const STEP_MS = 10 * MINUTE_MS;
/** Starts younger than this may still be verified. */
export const IN_FLIGHT_MS = 2 * MINUTE_MS;

export interface Conversion {
  readonly started: number;
  readonly approved: number;
}

interface Cell {
  started: number;
  approved: number;
}

/** Starts and approvals of one thing (an address, a block, a country) over the last day, in steps of ten minutes. */
export class ConversionTally {
  private readonly steps = new Map<number, Cell>();
  /** Starts of the last minutes, by minute. */
  private readonly young = new Map<number, number>();

  add(kind: 'started' | 'approved', atMs: number, count = 1): void {
    const step = Math.floor(atMs / STEP_MS);
    let cell = this.steps.get(step);
    if (cell === undefined) {
      cell = { started: 0, approved: 0 };
      this.steps.set(step, cell);
      for (const old of this.steps.keys()) if (old <= step - DAY_MS / STEP_MS) this.steps.delete(old);
    }
    cell[kind] += count;
    if (kind !== 'started') return;
    const minute = Math.floor(atMs / MINUTE_MS);
    this.young.set(minute, (this.young.get(minute) ?? 0) + count);
    for (const old of this.young.keys()) if (old < minute - IN_FLIGHT_MS / MINUTE_MS) this.young.delete(old);
  }

  within(windowMs: number, atMs: number): Conversion {
    const first = Math.floor((atMs - windowMs) / STEP_MS) + 1;
    const last = Math.floor(atMs / STEP_MS);
    const sum = { started: 0, approved: 0 };
    for (const [step, cell] of this.steps) {
      if (step < first || step > last) continue;
      sum.started += cell.started;
      sum.approved += cell.approved;
    }
    return sum;
  }

  /** Starts within the last two minutes, counted by whole minutes. */
  inFlight(atMs: number): number {
    const minute = Math.floor(atMs / MINUTE_MS);
    let count = 0;
    for (const [at, starts] of this.young) if (at > minute - IN_FLIGHT_MS / MINUTE_MS) count += starts;
    return count;
  }
}

/** Whole UTC days of one country of an organization, the present one included. */
export class DailyConversions {
  private readonly days = new Map<number, Cell>();

  add(kind: 'started' | 'approved', atMs: number, count = 1): void {
    const day = Math.floor(atMs / DAY_MS);
    let cell = this.days.get(day);
    if (cell === undefined) {
      cell = { started: 0, approved: 0 };
      this.days.set(day, cell);
      for (const old of this.days.keys()) if (old <= day - 15) this.days.delete(old);
    }
    cell[kind] += count;
  }

  /** Takes the place of what was counted for that day: the day was read anew. */
  set(dayMs: number, conversion: Conversion): void {
    this.days.set(Math.floor(dayMs / DAY_MS), { ...conversion });
  }

  /** The last so many days, today included. */
  last(days: number, atMs: number): Conversion {
    const today = Math.floor(atMs / DAY_MS);
    const sum = { started: 0, approved: 0 };
    for (const [day, cell] of this.days) {
      if (day <= today - days || day > today) continue;
      sum.started += cell.started;
      sum.approved += cell.approved;
    }
    return sum;
  }

  /** The most approvals of any of the 14 days before today. */
  peakApproved(atMs: number): number {
    const today = Math.floor(atMs / DAY_MS);
    let peak = 0;
    for (const [day, cell] of this.days) if (day < today && day >= today - 14) peak = Math.max(peak, cell.approved);
    return peak;
  }
}
