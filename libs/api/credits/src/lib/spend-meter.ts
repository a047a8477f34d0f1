import { Inject, Injectable } from '@nestjs/common';
import { addSpending, copyOf, newTally, type SpendTally } from './domain/spend-tally';
import { SpendReader } from './persistence/spend-reader';

/** Organizations whose tally a process keeps; the one that was asked for longest ago goes first. */
const MOST_TALLIES = 5_000;

interface Meter {
  tally: SpendTally;
  /** The read under way, and the one that everybody who came meanwhile waits for. */
  running: Promise<void> | null;
  next: Promise<void> | null;
}

/**
 * What was spent since an instant, for spend caps. The day's sum is read once a process and organization; after that
 * only the entries that came since, by their place in the history, so a cap costs the reading of a few new rows.
 *
 * Race: callers at the same time would count the same rows twice. One read runs at a time; callers who come while it
 * runs share the next one, so each answer covers all that was committed before it was asked for.
 * Failure: a failed read is thrown to those who asked, and the next one starts where the last good one ended.
 */
@Injectable()
export class SpendMeter {
  private readonly meters = new Map<string, Meter>();

  constructor(@Inject(SpendReader) private readonly reader: SpendReader) {}

  async spentSince(organizationId: string, applicationId: string | undefined, sinceMs: number): Promise<number> {
    const meter = this.meterOf(organizationId, sinceMs);
    await this.refresh(organizationId, meter);
    if (applicationId === undefined) return meter.tally.total;
    return meter.tally.byApplication.get(applicationId) ?? 0;
  }

  /**
   * As the open transaction sees it, its own entries included, while it holds the account's row: nobody else's charge
   * can then be under way.
   */
  async spentInTransaction(organizationId: string, sinceMs: number): Promise<SpendTally> {
    const tally = copyOf(this.meterOf(organizationId, sinceMs).tally);
    await this.read(organizationId, tally);
    return tally;
  }

  private meterOf(organizationId: string, sinceMs: number): Meter {
    const known = this.meters.get(organizationId);
    this.meters.delete(organizationId);
    const meter = known?.tally.sinceMs === sinceMs ? known : { tally: newTally(sinceMs), running: null, next: null };
    this.meters.set(organizationId, meter);
    if (this.meters.size > MOST_TALLIES) {
      const oldest = this.meters.keys().next();
      if (!oldest.done) this.meters.delete(oldest.value);
    }
    return meter;
  }

  private refresh(organizationId: string, meter: Meter): Promise<void> {
    if (meter.running === null) {
      meter.running = this.read(organizationId, meter.tally).finally(() => {
        meter.running = null;
      });
      return meter.running;
    }
    meter.next ??= meter.running
      .catch(() => undefined)
      .then(() => {
        meter.next = null;
        return this.refresh(organizationId, meter);
      });
    return meter.next;
  }

  private async read(organizationId: string, tally: SpendTally): Promise<void> {
    const rows =
      tally.seenSeq === 0
        ? await this.reader.since(organizationId, tally.sinceMs)
        : await this.reader.after(organizationId, tally.seenSeq, tally.sinceMs);
    addSpending(tally, rows);
  }
}
