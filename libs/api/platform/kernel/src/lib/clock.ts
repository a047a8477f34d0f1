import { RequestContext } from './request-context';

/**
 * The one source of time. Instants are integer epoch milliseconds UTC.
 *
 * `now` is the time that the current request lives in: a test key may move it forward with `Test-Clock`.
 * `recordedAt` is never moved: ledger, audit and job rows carry it.
 */
export abstract class Clock {
  abstract recordedAt(): number;

  now(): number {
    return this.recordedAt() + (RequestContext.current()?.clockShiftMs ?? 0);
  }
}

/** The machine's clock, before or without alignment to a database. */
export class SystemClock extends Clock {
  recordedAt(): number {
    return Date.now();
  }
}
