import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import { MessageOwners, type MessageOwner } from '@tollgate/api/messaging';
import { PasswordResetRepository } from '../../persistence/password-reset.repository';
import { ResetLinks } from './reset-links';
import { RESET_SOURCE } from './send-reset-links';

/** Gives the link to whoever writes the mail, as long as it works. */
@Injectable()
export class ResetSecret implements MessageOwner, OnModuleInit {
  constructor(
    private readonly owners: MessageOwners,
    private readonly resets: PasswordResetRepository,
    private readonly links: ResetLinks,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.owners.register(RESET_SOURCE, this);
  }

  async secret(resetId: string): Promise<{ readonly code: string } | null> {
    const reset = await this.resets.find(resetId);
    if (reset === null || reset.closedAt !== null || reset.expiresAt <= this.clock.recordedAt()) return null;
    const url = this.links.urlOf(reset);
    return url === null ? null : { code: url };
  }

  /** The link is as good as the account: nobody reads it in the outbox, whatever they may do. */
  mayShow(): Promise<boolean> {
    return Promise.resolve(false);
  }

  onSends(): Promise<void> {
    return Promise.resolve();
  }
}
