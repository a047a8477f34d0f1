import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId } from '@tollgate/api/kernel';
import { DestinationCover } from './destination-cover';
import { MessageDispatcher } from './dispatch/message-dispatcher';
import { RouteMessages } from './dispatch/route-messages';
import type { NewMessage } from './message-queue';
import { MessageOutbox } from './persistence/message-outbox';

/** Writes messages into the outbox. One INSERT; nothing of it is called before the commit. */
@Injectable()
export class EnqueueMessage {
  constructor(
    private readonly outbox: MessageOutbox,
    private readonly router: RouteMessages,
    private readonly dispatcher: MessageDispatcher,
    private readonly cover: DestinationCover,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(message: NewMessage): Promise<{ readonly id: string; readonly provider: string | null }> {
    const [first] = await this.router.candidates(message);
    if (first === undefined) throw new DomainError('channel_unavailable');
    const at = this.clock.recordedAt();
    const id = newId('msg', at);
    await this.unitOfWork.run(async () => {
      await this.outbox.insert({
        id,
        organizationId: message.organizationId,
        applicationId: message.applicationId,
        test: message.test,
        channel: message.channel,
        ...this.cover.of(id, message.to),
        country: message.country,
        locale: message.locale.slice(0, 35),
        template: message.template,
        templateId: null,
        templateVersion: null,
        variables: message.variables,
        subject: null,
        sourceType: message.source.type,
        sourceId: message.source.id,
        webDomain: message.webDomain ?? null,
        androidHash: message.androidHash ?? null,
        scenario: message.scenario ?? null,
        expiresAt: message.expiresAt,
        state: 'queued',
        // A forecast, so that nobody sees an empty column; the call decides.
        providerId: first.kind === 'test' ? null : first.id,
        provider: first.kind,
        providerMessageId: null,
        errorClass: null,
        errorCode: null,
        note: null,
        segments: null,
        attempts: 0,
        retries: 0,
        redispatches: 0,
        maybeSent: false,
        claim: null,
        dueAt: at,
        queuedAt: at,
        acceptedAt: null,
        deliveredAt: null,
      });
      this.unitOfWork.afterCommit(() => {
        this.dispatcher.wake();
      });
    });
    return { id, provider: first.kind };
  }
}
