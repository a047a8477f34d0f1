import { Injectable } from '@nestjs/common';
import { Clock, DomainError } from '@tollgate/api/kernel';
import { genericProofHolds } from '../domain/callback-signatures';
import { refusal } from '../domain/error-classes';
import { readReport } from '../domain/generic/http-provider-rules';
import { headerOf, type Callback } from './callback';
import { CallbackProvider } from './callback-provider';
import { CallbackRefusals } from './callback-refusals';
import { TakeReport } from './take-report';

/** Delivery reports of generic HTTP providers: JSON or a form, read by the provider's own map. */
@Injectable()
export class ReceiveHttpReport {
  constructor(
    private readonly providers: CallbackProvider,
    private readonly reports: TakeReport,
    private readonly refusals: CallbackRefusals,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found for an unknown address, signature_invalid, malformed_json. */
  async execute(callback: Callback): Promise<void> {
    const provider = await this.providers.find('http', callback.token);
    const { rules, keys } = provider.callbacks;
    const dlr = rules?.dlr ?? null;
    if (rules === null || dlr === null) throw new DomainError('not_found');
    const { type, header } = dlr.auth;
    if (!genericProofHolds(keys, { type, header: headerOf(callback, header), rawBody: callback.rawBody })) {
      throw await this.refusals.forged(provider);
    }
    const isForm = headerOf(callback, 'content-type').startsWith('application/x-www-form-urlencoded');
    const report = readReport(rules, isForm ? callback.form() : callback.json());
    if (report === null) return;
    const failed = report.state === 'undelivered' || report.state === 'failed';
    await this.reports.take(provider, {
      attemptId: callback.query['attempt'] ?? null,
      providerMessageId: report.id,
      state: report.state,
      // Of its codes nothing is known: it is neither the destination's fault for sure, nor worth a second send.
      refusal: failed ? { ...refusal({ class: 'unknown' }, report.code ?? report.state) } : null,
      eventId: [report.id, report.state, report.code ?? ''].join('|'),
      at: this.clock.recordedAt(),
    });
  }
}
