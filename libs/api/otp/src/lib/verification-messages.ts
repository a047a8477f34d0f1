import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import type { MessageOwner, SendEvent } from '@tollgate/api/messaging';
import { InOneRead } from './domain/in-one-read';
import { FollowSends } from './follow-sends';
import { VerificationWrites } from './persistence/verification-writes';
import { RepeatSend } from './repeat-send';
import { VerificationCodes } from './verification-codes';

/** What the outbox asks about a message of a verification, and tells about it. */
@Injectable()
export class VerificationMessages implements MessageOwner {
  private readonly rows = new InOneRead((ids) => this.writes.byIds(ids));

  constructor(
    private readonly writes: VerificationWrites,
    private readonly codes: VerificationCodes,
    private readonly following: FollowSends,
    private readonly repeating: RepeatSend,
    private readonly clock: Clock,
  ) {}

  /** The code, made at the last moment. Null once the verification has ended: then nothing is sent any more. */
  async secret(verificationId: string): Promise<{ code: string } | null> {
    const row = await this.rows.one(verificationId);
    if (row === null || row.status !== 'pending' || row.expiresAt <= this.clock.now()) return null;
    const code = await this.codes.codeOf(row);
    return code === null ? null : { code };
  }

  onSends(events: readonly SendEvent[]): Promise<void> {
    return this.following.follow(events);
  }

  onOptOut(event: Pick<SendEvent, 'messageId' | 'at'>): Promise<void> {
    return this.following.optOut(event);
  }

  /** For staff: by the rules and at the price of any resend, and to whom the message went. */
  async resend(
    verificationId: string,
    message: { readonly id: string; readonly channel: 'sms' | 'email' },
  ): Promise<{ messageId: string }> {
    const row = await this.writes.byId(verificationId);
    if (row === null) throw new DomainError('verification_not_found');
    const view = await this.repeating.repeat(row, message.channel, this.clock.now());
    const last = view.sends.at(-1);
    if (last === undefined) throw new DomainError('message_not_resendable');
    return { messageId: last.id };
  }
}
