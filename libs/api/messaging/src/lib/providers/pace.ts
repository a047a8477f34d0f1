import type { SendResult } from '../domain/delivery-provider';

/** Holds calls to a provider's own limits, in this process. Who waits longer than a call may take goes elsewhere. */
export class Pace {
  private running = 0;
  private nextAt = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly rps: number | null,
    private readonly concurrency: number | null,
  ) {}

  async run(maxWaitMs: number, call: () => Promise<SendResult>): Promise<SendResult> {
    if (this.rps === null && this.concurrency === null) return call();
    if (!(await this.enter(maxWaitMs)))
      return { kind: 'refused', class: 'failover', code: 'own_limit', blameless: true };
    try {
      return await call();
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private async enter(maxWaitMs: number): Promise<boolean> {
    const now = performance.now();
    if (this.rps !== null) {
      const at = Math.max(now, this.nextAt);
      if (at - now > maxWaitMs) return false;
      this.nextAt = at + 1_000 / this.rps;
      if (at > now) await new Promise((resolve) => setTimeout(resolve, at - now));
    }
    if (this.concurrency !== null && this.running >= this.concurrency && !(await this.turn(maxWaitMs))) return false;
    this.running += 1;
    return true;
  }

  private turn(maxWaitMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const go = () => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        resolve(false);
      }, maxWaitMs);
      this.waiting.push(go);
    });
  }
}
