import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { addSketches, type LatencySketch } from './domain/latency-sketch';
import { UsageEvents, type CountedEvent } from './persistence/usage-events';
import { rollupKey, UsageRollups, type RollupDelta, type View } from './persistence/usage-rollups';
import { COUNTERS } from './usage-meter';

/** Of one transaction: on SQLite nobody else writes meanwhile. */
const BATCH = 250;

/** Thrown to roll a batch back that another process folds at the same time. */
class FoldedElsewhere extends Error {}

/**
 * Folds rows of usage into rollups of both views. Marking and adding are one transaction: a crash in between does
 * neither. Run by one process of all; should two run, the guarded UPDATE makes one of them give up its batch.
 */
@Injectable()
export class FoldUsage {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly events: UsageEvents,
    private readonly rollups: UsageRollups,
  ) {}

  /** Until nothing is left; the number of rows folded. */
  async execute(): Promise<number> {
    let total = 0;
    for (;;) {
      const folded = await this.foldBatch();
      total += folded;
      if (folded < BATCH) return total;
    }
  }

  private async foldBatch(): Promise<number> {
    try {
      return await this.unitOfWork.run(async () => {
        const events = await this.events.unfolded(BATCH);
        if (events.length === 0) return 0;
        if ((await this.events.markFolded(events.map((event) => event.id))) !== events.length)
          throw new FoldedElsewhere();
        await this.rollups.add(deltasOf(events));
        return events.length;
      });
    } catch (error) {
      if (error instanceof FoldedElsewhere) return 0;
      throw error;
    }
  }
}

function deltasOf(events: readonly CountedEvent[]): RollupDelta[] {
  const sums = new Map<string, RollupDelta>();
  for (const event of events) {
    for (const view of ['cohort', 'event'] as const) {
      const delta = deltaOf(event, view);
      const key = rollupKey(delta);
      const known = sums.get(key);
      sums.set(key, known === undefined ? delta : add(known, delta));
    }
  }
  // One order for everybody: two folders that meet do not deadlock.
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, delta]) => delta);
}

function deltaOf(event: CountedEvent, view: View): RollupDelta {
  const latency: LatencySketch = event.latency_key === null ? {} : { [event.latency_key]: 1 };
  return {
    view,
    bucket: view === 'cohort' ? event.cohort_bucket : event.event_bucket,
    organizationId: event.organization_id,
    applicationId: event.application_id,
    test: event.test === 1,
    channel: event.channel,
    country: event.country,
    provider: event.provider,
    counts: Object.fromEntries(COUNTERS.map((counter) => [counter, Number(event[counter])])),
    deliverySketch: event.latency_kind === 'delivery' ? latency : {},
    approvalSketch: event.latency_kind === 'approval' ? latency : {},
  };
}

function add(a: RollupDelta, b: RollupDelta): RollupDelta {
  return {
    ...a,
    counts: Object.fromEntries(
      COUNTERS.map((counter) => [counter, (a.counts[counter] ?? 0) + (b.counts[counter] ?? 0)]),
    ),
    deliverySketch: addSketches(a.deliverySketch, b.deliverySketch),
    approvalSketch: addSketches(a.approvalSketch, b.approvalSketch),
  };
}
