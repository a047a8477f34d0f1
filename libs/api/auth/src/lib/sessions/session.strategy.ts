import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { Strategy } from 'passport-custom';
import { COOKIES, tokenFrom } from '../domain/cookies';
import { LivingSessions, SessionPrincipal } from './session-principal';

interface CookieRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: { readonly cookie?: string };
}

const SAFE = new Set(['GET', 'HEAD']);

/** The Passport strategy `session`: the console's cookie. */
@Injectable()
export class SessionStrategy extends PassportStrategy(Strategy, 'session') {
  constructor(
    private readonly living: LivingSessions,
    private readonly principals: SessionPrincipal,
    private readonly organizations: OrganizationDirectory,
  ) {
    super();
  }

  /**
   * @throws DomainError missing_credentials without our cookie, invalid_session when it is no living session's,
   * organization_suspended for changes in a suspended organization (its people may read, and manage themselves)
   */
  async validate(request: CookieRequest): Promise<Principal> {
    const header = request.headers.cookie;
    if (!header?.includes(`${COOKIES.session}=`)) throw new DomainError('missing_credentials');
    const found = await this.living.find(tokenFrom(header, COOKIES.session));
    if (found === null) throw new DomainError('invalid_session');
    if (!SAFE.has(request.method) && !/^\/v1\/(session|me)(\/|\?|$)/.test(request.url)) {
      const organization = await this.organizations.find(found.user.organizationId);
      if (organization?.status === 'suspended') throw new DomainError('organization_suspended');
    }
    return this.principals.of(found);
  }
}
