import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { JobHandlers } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';
import { DAY_MS, HOUR_MS } from './domain/conversion-tally';
import { LimitRulesInForce } from './limit-rules-in-force';
import { DestinationCounters } from './persistence/destination-counters';
import { GuessCounters } from './persistence/guess-counters';
import { Refusals } from './persistence/refusals';
import { StartAttempts } from './persistence/start-attempts';
import { Suppressions } from './persistence/suppressions';

const ATTEMPTS_KEPT_MS = 15 * DAY_MS;
const REFUSALS_KEPT_MS = 30 * DAY_MS;
const GUESSES_KEPT_MS = 30 * DAY_MS;
/** Small transactions: the sweep stands in nobody's way. */
const BATCH = 500;
const MOST_BATCHES = 200;

async function drain(purge: () => Promise<number>): Promise<void> {
  for (let batch = 0; batch < MOST_BATCHES; batch += 1) if ((await purge()) < BATCH) return;
}

/** The tables that the sweep goes through. */
@Injectable()
export class SweptRows {
  constructor(
    @Inject(DestinationCounters) readonly destinations: DestinationCounters,
    @Inject(GuessCounters) readonly guesses: GuessCounters,
    @Inject(StartAttempts) readonly attempts: StartAttempts,
    @Inject(Refusals) readonly refusals: Refusals,
    @Inject(Suppressions) readonly suppressions: Suppressions,
  ) {}
}

/** Hourly: folds conversions by day, and removes counters and traces whose time is over. */
@Injectable()
export class SweepLimits implements OnModuleInit {
  constructor(
    @Inject(JobHandlers) private readonly jobs: JobHandlers,
    @Inject(SweptRows) private readonly rows: SweptRows,
    @Inject(LimitRulesInForce) private readonly rules: LimitRulesInForce,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule({ type: 'limits.sweep', everyMs: HOUR_MS }, () => this.execute());
  }

  async execute(): Promise<void> {
    const now = this.clock.recordedAt();
    const today = now - (now % DAY_MS);
    for (const day of [today - DAY_MS, today]) {
      await this.unitOfWork.run(() => this.rows.attempts.foldDay(day, day + DAY_MS));
    }
    const window = (await this.rules.book()).longestDestinationWindowMs();
    await drain(() => this.rows.destinations.purge(now - window - DAY_MS, BATCH));
    await drain(() => this.rows.guesses.purge(now - GUESSES_KEPT_MS, BATCH));
    await drain(() => this.rows.attempts.purge(now - ATTEMPTS_KEPT_MS, BATCH));
    await drain(() => this.rows.refusals.purge(now - REFUSALS_KEPT_MS, BATCH));
    await this.rows.suppressions.purge(now - DAY_MS);
  }
}
