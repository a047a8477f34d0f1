import type { AuthenticatorView } from '@tollgate/contracts';
import type { Factor } from '../persistence/factor.entity';
import { instantText } from '../verification-view';

const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instantText(ms));

export function factorView(
  factor: Omit<Factor, 'secretSealed'>,
  recoveryCodesLeft: number,
  atMs: number,
): AuthenticatorView {
  const locked = factor.lockedUntil !== null && factor.lockedUntil > atMs;
  return {
    id: factor.id,
    organization_id: factor.organizationId,
    application_id: factor.applicationId,
    type: 'totp',
    status: factor.status,
    user_ref: factor.userRef,
    label: factor.label,
    locked_until: locked ? instantOrNull(factor.lockedUntil) : null,
    recovery_codes_remaining: recoveryCodesLeft,
    created_at: instantText(factor.createdAt),
    activated_at: instantOrNull(factor.activatedAt),
    deleted_at: instantOrNull(factor.deletedAt),
    last_used_at: instantOrNull(factor.lastUsedAt),
    test: factor.test,
  };
}
