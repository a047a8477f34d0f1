import type { VerificationStatus } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';
import { coolDownMs, MAX_SENDS } from './cool-down';
import { paused } from './paused';

export interface ResendSubject {
  readonly id: string;
  readonly channel: string;
  readonly status: VerificationStatus;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly sendCount: number;
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
  if (subject.resendAt === null) {
    const { createdAt, expiresAt: until } = subject;
    throw paused(
      'too_many_sends',
      { rule: 'sends', limit: MAX_SENDS, windowMs: until - createdAt, until },
      atMs,
      extra,
    );
  }
  if (subject.resendAt > atMs) {
    const until = subject.resendAt;
    const windowMs = coolDownMs(subject.sendCount);
    throw paused('resend_cooldown', { rule: 'resend_cooldown', limit: 1, windowMs, until }, atMs, {
      ...extra,
      resend_available_at: new Date(until).toISOString(),
    });
  }
}
