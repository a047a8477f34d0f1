/**
 * How processes learn of a job soon. It is a hint: the table is the truth, and whoever polls it finds what a lost
 * wake-up left behind.
 */
export abstract class WakeUp {
  /** Called after the commit that stored the job. Never throws. */
  abstract announce(jobId: string, attempt: number, delayMs: number): void;
  /** `any` = look for due jobs; `one` = run this job if nobody did. Called until `stop`. */
  abstract start(listener: { any(): void; one(jobId: string): Promise<void> }): Promise<void>;
  /** Ends once no call of the listener is under way. */
  abstract stop(): Promise<void>;
  /** How long a due job is left to its wake-up before a poll takes it, in ms. */
  abstract readonly graceMs: number;
}

/** Without Redis there is one process, and the runner is in it. */
export class LocalWakeUp extends WakeUp {
  readonly graceMs = 0;
  private listener: { any(): void } | null = null;

  announce(_jobId: string, _attempt: number, delayMs: number): void {
    if (delayMs <= 0) this.listener?.any();
  }

  start(listener: { any(): void }): Promise<void> {
    this.listener = listener;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.listener = null;
    return Promise.resolve();
  }
}
