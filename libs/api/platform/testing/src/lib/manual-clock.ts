import { Clock } from '@tollgate/api/kernel';

/** Time that stands still until a spec moves it. */
export class ManualClock extends Clock {
  constructor(private instant: number = Date.UTC(2026, 0, 15, 12, 0, 0)) {
    super();
  }

  recordedAt(): number {
    return this.instant;
  }

  /** Moves time forward. */
  advance(ms: number): void {
    if (ms < 0) throw new Error('time does not go back');
    this.instant += ms;
  }

  /** Sets the time, in epoch ms. */
  set(instant: number): void {
    this.instant = instant;
  }
}
