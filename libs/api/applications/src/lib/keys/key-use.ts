import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { ApiKeys } from '../persistence/api-keys';

const WRITE_EVERY_MS = 1_000;
const ONCE_IN_MS = 60_000;
const MOST_REMEMBERED = 50_000;

interface Use {
  readonly at: number;
  readonly address: string;
}

/**
 * Remembers when keys were used, and writes it down in batches, each key at most once a minute, so that a call costs no
 * write. It may lose the last second in a crash: it tells people which keys are idle, and is no evidence.
 */
@Injectable()
export class KeyUse implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger(KeyUse.name);
  private readonly written = new Map<string, number>();
  private waiting = new Map<string, Use>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly apiKeys: ApiKeys,
  ) {}

  /** The timer starts here, so that it inherits neither the request nor the transaction of a caller. */
  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.flush(), WRITE_EVERY_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.flush();
  }

  note(keyId: string, at: number, address: string): void {
    const before = this.written.get(keyId);
    if (before !== undefined && at - before < ONCE_IN_MS) return;
    if (this.written.size >= MOST_REMEMBERED) this.written.clear();
    this.written.set(keyId, at);
    this.waiting.set(keyId, { at, address });
  }

  async flush(): Promise<void> {
    if (this.waiting.size === 0) return;
    const uses = [...this.waiting].sort(([a], [b]) => (a < b ? -1 : 1));
    this.waiting = new Map();
    try {
      await this.unitOfWork.run(async () => {
        for (const [keyId, use] of uses) await this.apiKeys.recordUse(keyId, use.at, use.address);
      });
    } catch (error) {
      this.log.warn({ msg: 'when keys were last used could not be written; their next use will be', err: error });
      for (const [keyId] of uses) this.written.delete(keyId);
    }
  }
}
