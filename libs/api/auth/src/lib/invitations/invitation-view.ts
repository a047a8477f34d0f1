import type { InvitationView } from '@tollgate/contracts';
import type { InvitationEntity } from '../persistence/entities';

const instant = (ms: number): string => new Date(ms).toISOString();

export function invitationView(invitation: InvitationEntity, nowMs: number): InvitationView {
  const lapsed = invitation.status === 'pending' && invitation.expiresAt <= nowMs;
  return {
    id: invitation.id,
    organization_id: invitation.organizationId,
    email: invitation.email,
    roles: invitation.roles.split(','),
    status: lapsed ? 'expired' : invitation.status,
    invited_by: invitation.invitedBy,
    sends: invitation.generation,
    created_at: instant(invitation.createdAt),
    sent_at: instant(invitation.sentAt),
    expires_at: instant(invitation.expiresAt),
  };
}
