export interface NewJob {
  /** `messaging.dispatch`: the domain that handles it, and the act. */
  readonly type: string;
  /** Ids only: never a code, token or address. */
  readonly payload: Readonly<Record<string, string | number | boolean | null>>;
  /** Epoch ms; at once unless told. */
  readonly runAt?: number;
  /** While a job of this type with this key is waiting, another is not added. */
  readonly dedupeKey?: string;
}

/** The outbox: a job is a row written in the transaction of its cause, and runs after that has committed. */
export abstract class JobQueue {
  /** Adds to the open transaction, or in one of its own. */
  abstract enqueue(job: NewJob): Promise<void>;
}

export interface JobContext {
  readonly jobId: string;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** Runs outside any transaction; may run twice for one row, so it is idempotent. A throw is tried again with backoff. */
export type JobHandler = (
  payload: Readonly<Record<string, string | number | boolean | null>>,
  context: JobContext,
) => Promise<void>;

export interface Schedule {
  readonly type: string;
  /** Ms between runs. One process of all runs it each time. */
  readonly everyMs: number;
}

/** Where slices say, in `onModuleInit`, what they do with a type of job. */
export abstract class JobHandlers {
  abstract register(type: string, handler: JobHandler): void;
  /** A recurring job: its handler is called with an empty payload. */
  abstract schedule(schedule: Schedule, handler: JobHandler): void;
}

/** How much work waits. */
export interface BacklogFigures {
  readonly waiting: number;
  readonly running: number;
  /** Failed as often as they may; somebody must look. */
  readonly dead: number;
  /** Since when the oldest due job has been waiting, epoch ms; null when none is due. */
  readonly oldestDueAt: number | null;
}

/** The state of the queue, for health pages and metrics. */
export abstract class JobBacklog {
  abstract read(): Promise<BacklogFigures>;
}

/**
 * Whether this process works in the background by itself. Specs run without, and say when; a slice with a loop of its own
 * starts it only when this says so.
 */
export abstract class BackgroundWork {
  abstract readonly automatic: boolean;
}
