import { Injectable } from '@nestjs/common';
import type { ErrorClass } from '../domain/delivery-provider';
import { MessageOutbox } from '../persistence/message-outbox';
import type { MessageRow } from '../persistence/message-row';
import { RouteMessages } from './route-messages';

/** Failures that another provider, or the same one later, might not have. */
const WORTH_IT: ReadonlySet<ErrorClass> = new Set(['failover', 'content', 'retry_same', 'permanent_config']);
/** A handset that is off may be on by then. */
const SAME_AGAIN_MS = 30_000;

/** Puts a message that was accepted and then failed back to work, once. Its state stays until the second round ends. */
@Injectable()
export class SendAgain {
  constructor(
    private readonly outbox: MessageOutbox,
    private readonly router: RouteMessages,
  ) {}

  async ifWorthIt(message: MessageRow, errorClass: ErrorClass | null, at: number): Promise<boolean> {
    if (errorClass === null || !WORTH_IT.has(errorClass) || message.test) return false;
    const dueAt = at + (errorClass === 'retry_same' ? SAME_AGAIN_MS : 0);
    if (message.expiresAt !== null && message.expiresAt <= dueAt) return false;
    const others = (await this.router.candidates(message)).filter(({ id }) => id !== message.providerId);
    if (others.length === 0 && errorClass !== 'retry_same') return false;
    return this.outbox.redispatch(message.id, dueAt);
  }
}
