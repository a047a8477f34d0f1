import type { TeamMemberView } from '@tollgate/contracts';
import type { UserFacts } from './user-directory';

const instant = (ms: number): string => new Date(ms).toISOString();

export function teamMemberView(user: UserFacts): TeamMemberView {
  return {
    id: user.id,
    organization_id: user.organizationId,
    email: user.email,
    name: user.name,
    status: user.status === 'deleted' ? 'disabled' : user.status,
    roles: [...user.roles],
    second_factor: user.secondFactor,
    sign_up_method: user.signUpMethod,
    created_at: instant(user.createdAt),
    last_sign_in_at: user.lastSignInAt === null ? null : instant(user.lastSignInAt),
    version: user.version,
  };
}
