import type { VerificationStatus } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';

export interface ResendSubject {
  readonly id: string;
  readonly channel: string;
  readonly status: VerificationStatus;
  readonly expiresAt: number;
  readonly resendAt: number | null;
}

/**
 * Whether it may be sent again at this instant.
 * @throws not_resendable, verification_final, too_many_sends, resend_cooldown
 */
export function assertResendable(subject: ResendSubject, atMs: number): void {
  const extra = { verification_id: subject.id };
  if (subject.channel === 'mobile') throw new DomainError('not_resendable', { param: 'channel', extra });
  if (subject.status !== 'pending' || subject.expiresAt <= atMs) throw new DomainError('verification_final', { extra });
  if (subject.resendAt === null) throw new DomainError('too_many_sends', { extra });
  if (subject.resendAt > atMs) {
    throw new DomainError('resend_cooldown', {
      retryAfter: Math.ceil((subject.resendAt - atMs) / 1000),
      extra: { ...extra, resend_available_at: new Date(subject.resendAt).toISOString() },
    });
  }
}
