import { Injectable } from '@nestjs/common';
import { AuditTrail } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import type { MessagePreview } from '@tollgate/contracts';
import { ComposeMessage, HIDDEN_CODE } from '../compose-message';
import { MessageOwnerRegistry } from '../dispatch/message-owner-registry';
import type { MessageRow } from '../persistence/message-row';
import { ReadMessages } from './read-messages';

/**
 * Shows a message as it was sent. Its code is nowhere stored and not shown, but for test messages and the outbox, which
 * has no other reader: there it is derived at reading, for who may send messages, while it is valid; a look at the
 * code of a live key is audited.
 */
@Injectable()
export class PreviewMessage {
  constructor(
    private readonly read: ReadMessages,
    private readonly composer: ComposeMessage,
    private readonly owners: MessageOwnerRegistry,
    private readonly audit: AuditTrail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Errors: not_found. */
  async execute(id: string, caller: Principal): Promise<MessagePreview> {
    const row = await this.read.row(id, caller);
    const owner = this.owners.find(row.sourceType);
    const shows = owner !== null && mayShowCode(row, caller) && ((await owner.mayShow?.(row.sourceId, caller)) ?? true);
    const code = shows ? ((await owner.secret(row.sourceId))?.code ?? null) : null;
    const shown = await this.composer.recompose(row, owner === null ? null : (code ?? HIDDEN_CODE));
    if (shown === null) throw new DomainError('not_found');
    if (code !== null && !row.test) await this.recordLook(row);
    return {
      subject: shown.subject,
      text: shown.text,
      html: shown.html,
      segments: row.channel === 'sms' ? (row.segments ?? shown.segments) : null,
      code_shown: code !== null,
    };
  }

  private async recordLook(row: MessageRow): Promise<void> {
    await this.unitOfWork.run(() =>
      this.audit.record({
        action: 'message.code_shown',
        organizationId: row.organizationId,
        target: { type: 'message', id: row.id, label: row.destinationMasked },
      }),
    );
  }
}

function mayShowCode(row: MessageRow, caller: Principal): boolean {
  return (row.test || row.provider === 'outbox') && caller.permissions.has('messages:write');
}
