import { Injectable } from '@nestjs/common';
import { MessageDispatcher } from '../dispatch/message-dispatcher';
import { RecordReport, type Report, type ReportOutcome } from '../dispatch/record-report';
import { RouteMessages } from '../dispatch/route-messages';
import type { Refusal } from '../domain/delivery-provider';
import type { CallingProvider } from './callback-provider';

/** Hands a verified report on: to the message, and what it says about the provider to the router. */
@Injectable()
export class TakeReport {
  constructor(
    private readonly record: RecordReport,
    private readonly router: RouteMessages,
    private readonly dispatcher: MessageDispatcher,
  ) {}

  async take(
    provider: CallingProvider,
    report: Omit<Report, 'providerId' | 'provider' | 'refusal'> & { readonly refusal: Refusal | null },
  ): Promise<ReportOutcome> {
    const outcome = await this.record.execute({ ...report, providerId: provider.id, provider: provider.kind });
    if (outcome.kind === 'sent_again') this.dispatcher.wake();
    const { refusal } = report;
    // Filtered or unregistered: the call was accepted, and yet nothing arrives. Staff must hear of that too.
    if (refusal?.alarm === true && (outcome.kind === 'applied' || outcome.kind === 'sent_again')) {
      await this.router.learn(provider, outcome.country, refusal);
    }
    return outcome;
  }
}
