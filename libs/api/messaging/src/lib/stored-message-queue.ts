import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { Clock } from '@tollgate/api/kernel';
import { ComposeMessage } from './compose-message';
import { EnqueueMessage } from './enqueue-message';
import type { MessageFacts, MessageQueue, NewMessage, SendState } from './message-queue';
import { MessageAttempts, type AttemptOutcome } from './persistence/message-attempts';
import { Messages } from './persistence/messages';

const STATE_OF: Readonly<Record<AttemptOutcome, SendState>> = {
  started: 'queued',
  accepted: 'accepted',
  refused: 'failed',
  unknown: 'unknown',
  not_sent: 'suppressed',
};

/** The outbox of messages, as other slices see it. */
@Injectable()
export class StoredMessageQueue implements MessageQueue {
  constructor(
    private readonly enqueueMessage: EnqueueMessage,
    private readonly applications: ApplicationDirectory,
    private readonly messages: Messages,
    private readonly attempts: MessageAttempts,
    private readonly composer: ComposeMessage,
    private readonly clock: Clock,
  ) {}

  async enqueue(message: NewMessage): Promise<{ readonly id: string; readonly provider: string | null }> {
    return this.enqueueMessage.execute({
      ...message,
      variables: { ...(await this.usualValues(message)), ...message.variables },
    });
  }

  async ofSource(source: { readonly type: string; readonly id: string }): Promise<MessageFacts[]> {
    const rows = await this.messages.ofSource(source);
    const attempts = await this.attempts.ofMessages(rows.map(({ id }) => id));
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      provider: row.provider,
      state: row.state,
      errorClass: row.errorClass,
      errorCode: row.errorCode,
      queuedAt: row.queuedAt,
      acceptedAt: row.acceptedAt,
      deliveredAt: row.deliveredAt,
      attempts: attempts
        .filter(({ messageId }) => messageId === row.id)
        .map(({ provider, outcome, errorClass, errorCode, startedAt }) => ({
          provider,
          state: STATE_OF[outcome],
          errorClass,
          errorCode,
          at: startedAt,
        })),
    }));
  }

  async textOf(messageId: string, code: string | null): Promise<string | null> {
    const row = await this.messages.find({ organizationId: null }, messageId);
    return row === null ? null : ((await this.composer.recompose(row, code))?.text ?? null);
  }

  private async usualValues(message: NewMessage): Promise<Record<string, string>> {
    const values: Record<string, string> = {};
    if (message.expiresAt !== null) {
      values['minutes'] = String(Math.max(1, Math.ceil((message.expiresAt - this.clock.now()) / 60_000)));
    }
    if (message.applicationId !== null && message.variables['application'] === undefined) {
      const application = await this.applications.find(message.applicationId);
      if (application !== null) values['application'] = application.name;
    }
    return values;
  }
}
