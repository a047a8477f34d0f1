import type { MessageDetailView, MessageView } from '@tollgate/contracts';
import type { AttemptRow } from '../persistence/message-attempts';
import type { ReportRow } from '../persistence/message-reports';
import type { MessageRow } from '../persistence/message-row';

const instant = (ms: number): string => new Date(ms).toISOString();
const maybe = (ms: number | null): string | null => (ms === null ? null : instant(ms));

export interface ViewFacts {
  /** Its name; null when it is gone. */
  readonly organization: string | null;
  readonly resendable: boolean;
}

export function messageView(row: MessageRow, facts: ViewFacts): MessageView {
  return {
    id: row.id,
    organization_id: row.organizationId,
    organization: facts.organization,
    application_id: row.applicationId,
    channel: row.channel,
    template: row.template,
    template_version: row.templateVersion,
    locale: row.locale,
    to: row.destinationMasked,
    country: row.country,
    subject: row.subject,
    status: row.state,
    provider_id: row.providerId,
    provider: row.provider,
    error_class: row.errorClass,
    error_code: row.errorCode,
    segments: row.segments,
    attempts: row.attempts,
    source: { type: row.sourceType, id: row.sourceId },
    test: row.test,
    resendable: facts.resendable,
    queued_at: instant(row.queuedAt),
    accepted_at: maybe(row.acceptedAt),
    delivered_at: maybe(row.deliveredAt),
  };
}

export function messageDetailView(
  row: MessageRow,
  facts: ViewFacts,
  attempts: readonly AttemptRow[],
  reports: readonly ReportRow[],
): MessageDetailView {
  return {
    ...messageView(row, facts),
    expires_at: maybe(row.expiresAt),
    note: row.note,
    provider_message_id: row.providerMessageId,
    timeline: {
      attempts: attempts.map((attempt) => ({
        number: attempt.number,
        provider_id: attempt.providerId,
        provider: attempt.provider,
        outcome: attempt.outcome,
        error_class: attempt.errorClass,
        error_code: attempt.errorCode,
        provider_message_id: attempt.providerMessageId,
        started_at: instant(attempt.startedAt),
        latency_ms: attempt.latencyMs,
      })),
      callbacks: reports.map((report) => ({
        state: report.state,
        provider: report.provider,
        error_class: report.errorClass,
        error_code: report.errorCode,
        applied: report.applied,
        at: instant(report.receivedAt),
      })),
    },
  };
}
