import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import type { OrganizationRef, Permission, SessionView } from '@tollgate/contracts';
import { DomainError, VERSION, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory, type OrganizationFacts } from '@tollgate/api/organizations';
import { UserDirectory } from '@tollgate/api/users';
import { STEP_UP_MS } from '../domain/session-lifetime';
import { SessionRepository } from '../persistence/session.repository';
import { SessionPrincipal } from './session-principal';
import { signedIn } from './signed-in';

const instant = (ms: number): string => new Date(ms).toISOString();

export function assuranceView(level: 1 | 2, authenticatedAt: number): SessionView['assurance'] {
  return {
    level,
    authenticated_at: instant(authenticatedAt),
    step_up_until: instant(authenticatedAt + STEP_UP_MS),
  };
}

/** Who is signed in, where, and what they may do: everything that the console needs to draw itself. */
@Injectable()
export class ReadSession {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly users: UserDirectory,
    private readonly organizations: OrganizationDirectory,
    private readonly principals: SessionPrincipal,
    private readonly config: Config,
  ) {}

  async execute(caller: Principal): Promise<SessionView> {
    const { userId, sessionId } = signedIn(caller);
    const known = this.principals.behind(caller);
    const session = known?.session ?? (await this.sessions.find(sessionId));
    const user = known?.user ?? (await this.users.find(userId));
    if (session === null || user === null) throw new DomainError('invalid_session');
    const acting = caller.actingOrganizationId;
    return {
      id: session.id,
      user: {
        id: user.id,
        email: user.email,
        name: user.name,
        locale: user.locale,
        time_zone: user.timeZone,
        second_factor: user.secondFactor,
      },
      organization: organizationRef(await this.organizations.get(user.organizationId)),
      acting_organization: acting === null ? null : organizationRef(await this.organizations.get(acting)),
      can_select_organization: caller.platformStaff,
      platform_staff: caller.platformStaff,
      roles: [...caller.roles],
      permissions: [...caller.permissions].sort() as Permission[],
      assurance: assuranceView(caller.assurance.level, caller.assurance.authenticatedAt),
      expires_at: instant(session.expiresAt),
      environment: { profile: this.config.profile, version: VERSION },
    };
  }
}

function organizationRef(facts: OrganizationFacts): OrganizationRef {
  return {
    id: facts.id,
    slug: facts.slug,
    name: facts.name,
    status: facts.status,
    built_in: facts.builtIn,
    time_zone: facts.settings.timeZone,
    locale: facts.settings.locale,
  };
}
