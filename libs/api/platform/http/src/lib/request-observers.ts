import { Injectable, Logger } from '@nestjs/common';
import type { Method } from '@tollgate/contracts';
import type { ClientAddresses, Principal } from '@tollgate/api/kernel';

/** One answered request: allow-listed facts, no bodies, no query, no headers but the user agent. */
export interface RequestRecord {
  readonly requestId: string;
  /** Epoch ms when it came. */
  readonly at: number;
  readonly durationMs: number;
  readonly method: Method | string;
  /** The pattern, `/v1/verifications/:id`; null when nothing matched. */
  readonly route: string | null;
  /** `verifications.start`, `page:GET /sign-in`; null when nothing matched. */
  readonly event: string | null;
  readonly status: number;
  /** The code of the problem; null when there was none. */
  readonly errorCode: string | null;
  readonly principal: Principal | null;
  readonly addresses: ClientAddresses;
  readonly userAgent: string | null;
  /** Whether the answer of an earlier call was given again. */
  readonly replayed: boolean;
}

export type RequestObserver = (record: RequestRecord) => void;

/** Where slices say, in `onModuleInit`, that they want to know of every answered request. */
@Injectable()
export class RequestObservers {
  private readonly observers: RequestObserver[] = [];
  private readonly logger = new Logger('RequestObservers');

  /** Called after the answer has left. It must not wait and must not throw; one that does is logged. */
  register(observer: RequestObserver): void {
    this.observers.push(observer);
  }

  notify(record: RequestRecord): void {
    for (const observe of this.observers) {
      try {
        observe(record);
      } catch (error) {
        this.logger.error({ msg: 'a request observer failed', err: error });
      }
    }
  }
}
