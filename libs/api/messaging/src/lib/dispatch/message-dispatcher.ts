import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { RequestContext } from '@tollgate/api/kernel';
import { giveUp } from '../domain/next-step';
import type { MessageRow } from '../persistence/message-row';
import { CallProvider } from './call-provider';
import { ClaimMessages } from './claim-messages';
import { SettleCalls } from './settle-calls';
import { LEASE_MS, type Called, type Work } from './work';

const CONCURRENCY = 128;
const BATCH = 64;
const DRAIN_MS = 12_000;
/** From one claim to the next, when there is little to claim: under load messages are taken up several at a time. */
const CLAIM_EVERY_MS = 15;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Sends what is due, in this process: claims are batched, at most `CONCURRENCY` calls are under way at once, and results
 * share commits. Woken after the commit that queued a message; the schedule `messaging.dispatch` finds what a lost
 * wake-up, a crash or another process left behind.
 */
@Injectable()
export class MessageDispatcher implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Messaging');
  private readonly running = new Set<Promise<void>>();
  private pumping = false;
  private pumped: Promise<void> = Promise.resolve();
  private again = false;
  private stopping = false;
  private automatic = false;

  constructor(
    private readonly claims: ClaimMessages,
    private readonly caller: CallProvider,
    private readonly settling: SettleCalls,
  ) {}

  /** From now on messages are sent by themselves. */
  start(): void {
    this.automatic = true;
    this.wake();
  }

  /** Something became due. */
  wake(): void {
    if (!this.automatic || this.stopping) return;
    this.again = true;
    // Messages of many clients go through it: what it writes down is nobody's doing but the system's.
    if (!this.pumping) this.pumped = RequestContext.outside(() => this.pump());
  }

  /** Looks for what a lost wake-up left: in the loop where there is one, else here and now. */
  async sweep(): Promise<void> {
    if (this.automatic) this.wake();
    else await this.drain();
  }

  /** Sends everything that is due until nothing is; for specs. */
  async drain(): Promise<void> {
    for (;;) {
      const more = await this.takeUp(BATCH);
      await Promise.all(this.running);
      if (!more || this.stopping) return;
    }
  }

  /** Takes nothing up any more, and waits for the calls under way: what does not end in time counts as unknown. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    await this.pumped;
    const ended = (async () => {
      while (this.running.size > 0) await Promise.race(this.running);
    })();
    let timer: NodeJS.Timeout | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    await Promise.race([ended, enough]);
    clearTimeout(timer);
  }

  private async pump(): Promise<void> {
    this.pumping = true;
    while (!this.stopping) {
      const free = CONCURRENCY - this.running.size;
      if (free < BATCH / 2) {
        await Promise.race(this.running);
        continue;
      }
      this.again = false;
      let more = false;
      try {
        more = await this.takeUp(Math.min(free, BATCH));
      } catch (error) {
        this.logger.error(`messages cannot be claimed: ${error instanceof Error ? error.message : 'unknown fault'}`);
        await sleep(1_000);
      }
      // A wake-up during the claim may belong to a row that the claim did not see.
      if (!more && !(this.again as boolean)) break;
      await sleep(CLAIM_EVERY_MS);
    }
    // In the very turn in which nothing was due, or a wake-up right after it would be lost.
    this.pumping = false;
  }

  /** Whether anything was due. */
  private async takeUp(limit: number): Promise<boolean> {
    const claimed = await this.claims.claim(limit);
    if (claimed === null) return false;
    for (const work of claimed.works) this.track(this.deliver(work));
    for (const row of claimed.interrupted) this.track(this.resume(row));
    for (const row of claimed.stranded) this.track(this.strand(row));
    return true;
  }

  private track(delivery: Promise<void>): void {
    const tracked = delivery
      .catch((error: unknown) => {
        // Its claim runs out, and then it is resumed as a call of unknown outcome.
        this.logger.error(
          `a message could not be settled: ${error instanceof Error ? error.message : 'unknown fault'}`,
        );
      })
      .finally(() => this.running.delete(tracked));
    this.running.add(tracked);
  }

  private async deliver(first: Work): Promise<void> {
    const deadline = performance.now() + LEASE_MS * 4;
    for (let work: Work | null = first; work !== null && performance.now() < deadline;) {
      const called: Called = await this.callOrLetGo(work);
      work = await this.settling.settle(work, called);
    }
  }

  /** Whatever is thrown here was thrown before the call: adapters' own faults are results. */
  private async callOrLetGo(work: Work): Promise<Called> {
    try {
      return await this.caller.call(work);
    } catch (error) {
      await this.settling.letGo(work);
      throw error;
    }
  }

  /** A process went away with it: perhaps it was sent. Then somebody else sends it once more, or it stays unknown. */
  private async resume(row: MessageRow): Promise<void> {
    const taken = await this.claims.take(row);
    if (taken === null) return;
    const code = 'interrupted';
    const result = taken.interrupted
      ? ({ kind: 'unknown', code } as const)
      : ({ kind: 'refused', class: 'failover', code } as const);
    const next = await this.settling.settle(taken.held, { result, sent: true, rendered: null, latencyMs: 0 });
    if (next !== null) await this.deliver(next);
  }

  /** Nobody serves it, or nobody did for too long. */
  private async strand(row: MessageRow): Promise<void> {
    const taken = await this.claims.take(row);
    if (taken === null) return;
    const step = giveUp({ maybeSent: row.maybeSent || taken.interrupted, accepted: row.acceptedAt !== null });
    const result = { kind: 'refused', class: 'failover', code: 'no_provider' } as const;
    await this.settling.end({ work: taken.held, called: { result, sent: false, rendered: null, latencyMs: 0 }, step });
  }
}
