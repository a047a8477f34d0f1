import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import type { MessageOwner, SendEvent } from '@tollgate/api/messaging';
import { FollowSends } from './follow-sends';
import { VerificationWrites } from './persistence/verification-writes';
import { VerificationCodes } from './verification-codes';

/** What the outbox asks about a message of a verification, and tells about it. */
@Injectable()
export class VerificationMessages implements MessageOwner {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly codes: VerificationCodes,
    private readonly following: FollowSends,
    private readonly clock: Clock,
  ) {}

  /** The code, made at the last moment. Null once the verification has ended: then nothing is sent any more. */
  async secret(verificationId: string): Promise<{ code: string } | null> {
    const row = await this.writes.byId(verificationId);
    if (row === null || row.status !== 'pending' || row.expiresAt <= this.clock.now()) return null;
    const code = await this.codes.codeOf(row);
    return code === null ? null : { code };
  }

  onSend(event: SendEvent): Promise<void> {
    return this.following.follow(event);
  }
}
