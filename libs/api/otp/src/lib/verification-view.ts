import type { VerificationView } from '@tollgate/contracts';
import { reasonOf } from './domain/verdict';
import type { VerificationSend } from './persistence/verification-parts.entity';
import type { Verification } from './persistence/verification.entity';

export const instantText = (ms: number): string => new Date(ms).toISOString();
const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instantText(ms));

/**
 * A verification as callers see it at an instant. One whose time is over reads as expired even before the sweep has
 * come by: what a caller is told never depends on when a job ran.
 */
export function verificationView(
  row: Verification,
  sends: readonly VerificationSend[],
  atMs: number,
): VerificationView {
  const overdue = row.status === 'pending' && row.expiresAt <= atMs;
  const status = overdue ? 'expired' : row.status;
  return {
    id: row.id,
    organization_id: row.organizationId,
    application_id: row.applicationId,
    status,
    reason: reasonOf(status),
    channel: row.channel,
    to: row.destinationMasked,
    factor_id: row.factorId,
    purpose: row.purpose,
    country: row.country,
    locale: row.locale,
    code_length: row.codeLength,
    created_at: instantText(row.createdAt),
    expires_at: instantText(row.expiresAt),
    ended_at: instantOrNull(overdue ? row.expiresAt : row.endedAt),
    resend_available_at: overdue ? null : instantOrNull(row.resendAt),
    checks_remaining: row.maxChecks - row.checkCount,
    sends: sends.map((send) => ({
      id: send.messageId,
      channel: send.channel,
      state: send.state,
      provider: send.provider,
      queued_at: instantText(send.queuedAt),
    })),
    credits: { charged: row.charged, held: row.held },
    user_ref: row.personal?.userRef ?? null,
    metadata: { ...row.details.metadata },
    test: row.test,
  };
}
