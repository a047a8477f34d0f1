import { Clock } from '@tollgate/api/kernel';

/** Time that the demo data moves through. Never the clock of a server. */
export class PastClock extends Clock {
  constructor(private instant: number) {
    super();
  }

  recordedAt(): number {
    return this.instant;
  }

  moveTo(instant: number): void {
    // Whole milliseconds, as every clock of ours gives.
    this.instant = Math.max(this.instant, Math.floor(instant));
  }
}
