import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { createHash } from 'node:crypto';
import type { Refusal } from '../domain/delivery-provider';
import { isLateFailure } from '../domain/send-state';
import type { SendState } from '../message-queue';
import { MessageAttempts, type AttemptRow } from '../persistence/message-attempts';
import { MessageOutbox } from '../persistence/message-outbox';
import { MessageReports } from '../persistence/message-reports';
import type { MessageRow } from '../persistence/message-row';
import { MessageOwnerRegistry } from './message-owner-registry';
import { SendAgain } from './send-again';

/** What a provider reports about a message that it took, in our words. */
export interface Report {
  /** Null for the test network. */
  readonly providerId: string | null;
  readonly provider: string;
  /** Which call it is about: by our id, else by the provider's. */
  readonly attemptId: string | null;
  readonly providerMessageId: string | null;
  readonly state: SendState;
  readonly refusal: Pick<Refusal, 'class' | 'code' | 'suppress'> | null;
  /** Makes it one report however often it comes. */
  readonly eventId: string;
  /** When we got it, epoch ms. */
  readonly at: number;
}

/** `late`: it moved nothing on. `country` of the message, for the provider's circuit there. */
export interface ReportOutcome {
  readonly kind: 'applied' | 'late' | 'duplicate' | 'sent_again' | 'unknown_message';
  readonly country: string | null;
}

const FAILURES: ReadonlySet<SendState> = new Set(['failed', 'undelivered']);

/**
 * Takes a report: once, whatever comes twice; forward, whatever comes late. A failure after acceptance that another
 * provider might not have had is sent once more, free, with the same code, while the message keeps its state.
 */
@Injectable()
export class RecordReport {
  constructor(
    private readonly attempts: MessageAttempts,
    private readonly reports: MessageReports,
    private readonly outbox: MessageOutbox,
    private readonly owners: MessageOwnerRegistry,
    private readonly unitOfWork: UnitOfWork,
    private readonly sendAgain: SendAgain,
  ) {}

  async execute(report: Report): Promise<ReportOutcome> {
    const attempt = await this.attemptOf(report);
    const message = attempt === null ? null : await this.outbox.find(attempt.messageId);
    if (attempt === null || message === null) return { kind: 'unknown_message', country: null };
    const { at } = report;
    const kind = await this.unitOfWork.run(async () => {
      const eventKey = createHash('sha256')
        .update(JSON.stringify([attempt.id, report.eventId]))
        .digest('hex');
      const isNew = await this.reports.insert({
        providerId: report.providerId,
        eventKey,
        messageId: message.id,
        provider: report.provider,
        state: report.state,
        errorClass: report.refusal?.class ?? null,
        errorCode: report.refusal?.code.slice(0, 60) ?? null,
        applied: true,
        receivedAt: at,
      });
      if (!isNew) return 'duplicate' as const;
      const outcome = await this.apply(report, attempt, message, at);
      if (outcome !== 'applied') await this.reports.notApplied(report.providerId, eventKey);
      return outcome;
    });
    return { kind, country: message.country };
  }

  private async apply(
    report: Report,
    attempt: AttemptRow,
    message: MessageRow,
    at: number,
  ): Promise<'applied' | 'late' | 'sent_again'> {
    if (FAILURES.has(report.state)) {
      // Another call came after this one: its failure says nothing about the message any more.
      if (attempt.number < message.attempts) return this.late(report, message);
      if (await this.sendAgain.ifWorthIt(message, report.refusal?.class ?? null, at)) return 'sent_again';
    }
    const refusal = report.refusal;
    const change = {
      state: report.state,
      errorClass: refusal?.class ?? null,
      errorCode: refusal?.code.slice(0, 60) ?? null,
      at,
    };
    if (!(await this.outbox.advance(message.id, change))) {
      if (isLateFailure(message.state, report.state))
        await this.outbox.note(message.id, `${report.state} reported after delivery: ${refusal?.code ?? 'no code'}`);
      return this.late(report, message);
    }
    await this.owners.tell([
      {
        messageId: message.id,
        source: { type: message.sourceType, id: message.sourceId },
        state: report.state,
        provider: report.provider,
        errorClass: refusal?.class ?? null,
        errorCode: refusal?.code ?? null,
        final: false,
        ...(refusal?.suppress === true ? { optedOut: true } : {}),
        at,
      },
    ]);
    return 'applied';
  }

  /** Moves nothing on. But who asks for silence is heard whenever it comes: a complaint follows hours after the mail. */
  private async late({ refusal, at }: Report, message: MessageRow): Promise<'late'> {
    if (refusal?.suppress === true) {
      const source = { type: message.sourceType, id: message.sourceId };
      await this.owners.ownerOf(message.sourceType)?.onOptOut?.({ messageId: message.id, source, at });
    }
    return 'late';
  }

  private async attemptOf(report: Report): Promise<AttemptRow | null> {
    if (report.attemptId !== null) {
      const attempt = await this.attempts.find(report.attemptId);
      // The id is in an address that others may see: it counts only for the provider that was called.
      if (attempt !== null && attempt.providerId === report.providerId) return attempt;
    }
    if (report.providerId === null || report.providerMessageId === null) return null;
    return this.attempts.findByProviderMessage(report.providerId, report.providerMessageId);
  }
}
