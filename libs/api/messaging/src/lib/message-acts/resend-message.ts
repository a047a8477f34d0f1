import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, newId, type Principal } from '@tollgate/api/kernel';
import { DestinationCover } from '../destination-cover';
import { MessageOwnerRegistry } from '../dispatch/message-owner-registry';
import { EnqueueMessage } from '../enqueue-message';
import type { MessageRow } from '../persistence/message-row';
import { ReadMessages } from './read-messages';
import { ResendRule } from './resend-rule';

/** The audit row of a resend, in the transaction of a copy, or after the owner's own. */
@Injectable()
export class ResendTrail {
  constructor(
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async around(row: MessageRow, act: () => Promise<string>): Promise<string> {
    return this.unitOfWork.run(async () => {
      const messageId = await act();
      await this.audit.record({
        action: 'message.resent',
        organizationId: row.organizationId,
        target: { type: 'message', id: row.id, label: row.destinationMasked },
        changes: [{ field: 'message_id', before: row.id, after: messageId }],
      });
      return messageId;
    });
  }
}

/** Sends a message again for staff: by the rules and prices of its owner, or as a copy when it is nobody's. */
@Injectable()
export class ResendMessage {
  constructor(
    private readonly read: ReadMessages,
    private readonly rule: ResendRule,
    private readonly owners: MessageOwnerRegistry,
    private readonly enqueue: EnqueueMessage,
    private readonly trail: ResendTrail,
    private readonly cover: DestinationCover,
  ) {}

  /** Errors: not_found, message_not_resendable, and those of the owner: resend_cooldown, insufficient_credits, … */
  async execute(id: string, caller: Principal): Promise<{ message_id: string }> {
    const row = await this.read.row(id, caller);
    const way = this.rule.of(row);
    if (way === null) throw new DomainError('message_not_resendable');
    if (way === 'copy') return { message_id: await this.trail.around(row, () => this.copy(row)) };
    const owner = this.owners.find(row.sourceType);
    if (owner?.resend === undefined) throw new DomainError('message_not_resendable');
    const { messageId } = await owner.resend(row.sourceId, { id: row.id, channel: row.channel });
    await this.trail.around(row, () => Promise.resolve(messageId));
    return { message_id: messageId };
  }

  private async copy(row: MessageRow): Promise<string> {
    if (row.destinationSealed === null) throw new DomainError('message_not_resendable');
    const { id } = await this.enqueue.execute({
      organizationId: row.organizationId,
      applicationId: row.applicationId,
      test: row.test,
      channel: row.channel,
      to: this.cover.open(row.id, row.destinationSealed),
      country: row.country,
      locale: row.locale,
      template: row.template,
      variables: row.variables,
      source: { type: row.sourceType, id: newId('msg') },
      expiresAt: null,
    });
    return id;
  }
}
