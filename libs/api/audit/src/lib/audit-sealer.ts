import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { SealAuditChains } from './seal-audit-chains';

/** Finds what a process that stopped left unsealed, and what a `wake` was missed for. */
const LOOK_EVERY_MS = 500;

/**
 * Seals in the background, soon after each commit. One loop, begun at start-up: it never inherits the request or the
 * transaction of whoever woke it. It fails by trying again: unsealed events stay on the list and are shown as such.
 */
@Injectable()
export class AuditSealer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(AuditSealer.name);
  private stopped = false;
  private woken = false;
  private endPause: (() => void) | null = null;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly sealAuditChains: SealAuditChains) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.loop;
  }

  /** Something was committed that wants sealing. */
  wake(): void {
    this.woken = true;
    this.endPause?.();
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      const sealed = await this.attempt();
      if (sealed === 0) await this.pause();
    }
  }

  private async attempt(): Promise<number> {
    try {
      return await this.sealAuditChains.execute();
    } catch (error) {
      this.log.error({ msg: 'the audit log could not be sealed; it is tried again', err: error });
      this.woken = false;
      return 0;
    }
  }

  private async pause(): Promise<void> {
    if (this.woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LOOK_EVERY_MS);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.endPause = null;
  }
}
