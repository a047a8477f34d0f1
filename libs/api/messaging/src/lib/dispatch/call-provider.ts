import { Inject, Injectable, Logger } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { DestinationCover } from '../destination-cover';
import { ComposeMessage, type Composed } from '../compose-message';
import type { DeliveryRequest, SendResult } from '../domain/delivery-provider';
import type { MessageRow } from '../persistence/message-row';
import { senderFor, type LoadedProvider } from '../providers/loaded-provider';
import { MessageOwnerRegistry } from './message-owner-registry';
import type { Called, Work } from './work';

const notSent = (errorClass: 'expired' | 'content', code: string): Called => ({
  result: { kind: 'refused', class: errorClass, code },
  sent: false,
  rendered: null,
  latencyMs: 0,
});

/**
 * Makes one call: asks the owner for the secret at the last moment, renders, sends. The code and the destination in clear
 * live in this function alone. Outside any transaction; never throws for what a vendor does.
 */
@Injectable()
export class CallProvider {
  private readonly logger = new Logger('Messaging');

  constructor(
    private readonly owners: MessageOwnerRegistry,
    private readonly composer: ComposeMessage,
    private readonly cover: DestinationCover,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    @Inject(Config) private readonly config: Config,
  ) {}

  async call(work: Work): Promise<Called> {
    this.unitOfWork.forbidInside('the call of a delivery provider');
    const { message } = work;
    if (message.expiresAt !== null && message.expiresAt <= this.clock.recordedAt())
      return notSent('expired', 'expired');
    if (message.destinationSealed === null) return notSent('expired', 'destination_forgotten');
    const owner = this.owners.ownerOf(message.sourceType);
    const secret = owner === null ? null : await owner.secret(message.sourceId);
    if (owner !== null && secret === null) return notSent('expired', 'withdrawn');
    const composed = await this.composer.compose(message, secret?.code ?? null);
    if (composed === null) return notSent('content', 'template_missing');
    const request = this.requestOf(work, composed, secret?.code ?? null, message.destinationSealed);
    const startedAt = performance.now();
    const result = await this.send(work.provider, request);
    return { result, sent: true, rendered: composed.facts, latencyMs: Math.round(performance.now() - startedAt) };
  }

  private async send(provider: LoadedProvider, request: DeliveryRequest): Promise<SendResult> {
    try {
      return await provider.adapter.send(request);
    } catch (error) {
      // An adapter that throws is a bug of ours; whether it had sent is anybody's guess. Its text may hold the request.
      this.logger.error(`the adapter of ${provider.kind} threw ${error instanceof Error ? error.name : 'something'}`);
      return { kind: 'unknown', code: 'adapter_fault' };
    }
  }

  private requestOf(work: Work, composed: Composed, code: string | null, sealed: string): DeliveryRequest {
    const { message, provider } = work;
    const { content } = composed;
    const sender = senderFor(provider, message.country);
    return {
      messageId: message.id,
      attemptId: work.attemptId,
      channel: message.channel,
      to: this.cover.open(message.id, sealed),
      country: message.country,
      locale: message.locale,
      message: composed.message,
      code: /^https?:/.test(code ?? '') ? null : code,
      variables: message.variables,
      sender: {
        ...sender,
        from: content.sender_id ?? sender.from,
        dltEntityId: content.dlt_entity_id ?? sender.dltEntityId,
        dltTemplateId: content.dlt_template_id ?? sender.dltTemplateId,
      },
      ttlSeconds: secondsLeft(message, this.clock.recordedAt()),
      webDomain: message.webDomain,
      callbackUrl: callbackUrl(this.config.publicUrl, provider, work.attemptId),
      scenario: message.scenario,
      attempt: work.number,
    };
  }
}

const secondsLeft = (message: MessageRow, now: number): number | null =>
  message.expiresAt === null ? null : Math.max(1, Math.floor((message.expiresAt - now) / 1_000));

/** Where the provider reports to about this call. Its id is in the address: a report may come before the answer. */
export function callbackUrl(
  publicUrl: string,
  provider: Pick<LoadedProvider, 'kind' | 'callbacks'>,
  attemptId: string,
): string | null {
  if (provider.callbacks === null || !provider.callbacks.reachable) return null;
  return `${publicUrl}/hooks/${provider.kind}/${provider.callbacks.token}?attempt=${attemptId}`;
}
