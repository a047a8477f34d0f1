import { Injectable, Logger, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { Readiness } from '@tollgate/api/database';
import { Clock, DomainError, isId, type Principal } from '@tollgate/api/kernel';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from './authenticator';
import type { CompiledRoute } from './compiled-route';
import { exchangeOf } from './exchange';
import { OrganizationSelection } from './organization-selection';
import { assertNotForeign, assertOwnOrigin, ownOrigins } from './origin-check';
import { PAGE_HEADERS } from './security-headers';
import { ROUTE } from './serve';
import { clockShiftOf } from './test-clock';

const STEP_UP_MS = 10 * 60 * 1000;

/**
 * The one gate in front of every handler: what declares nothing is refused, then who calls, from where, in which
 * organization, with which permission, and how fresh their sign-in is. The organization comes from the credential;
 * only staff of the platform with a session choose another, in one header.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly logger = new Logger('AccessGuard');
  private readonly origins: ReadonlySet<string>;
  private readonly routes = new WeakMap<object, CompiledRoute>();

  constructor(
    config: Config,
    private readonly clock: Clock,
    private readonly authenticator: Authenticator,
    private readonly organizations: OrganizationSelection,
    private readonly readiness: Readiness,
  ) {
    this.origins = ownOrigins(config.publicUrl);
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const handler = context.getHandler();
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const exchange = exchangeOf(request);
    const route = this.routeOf(handler);
    if (route === null || exchange === null) {
      this.logger.error({ msg: 'a route without a declaration was called and refused', handler: handler.name });
      throw new DomainError('route_not_found');
    }
    exchange.route = route;
    if (route.endpoint === null) {
      exchange.reply.headers(PAGE_HEADERS);
      assertNotForeign(request, this.origins);
    }
    if (typeof route.access === 'object') {
      if (route.endpoint !== null) this.refuseSelection(request);
      return true;
    }
    // A process that cannot see that a key was revoked must not accept it.
    if (!this.readiness.ready) throw new DomainError('unavailable', { retryAfter: 1 });
    const principal = await this.authenticator.authenticate(context, exchange);
    if (principal.kind === 'session') assertOwnOrigin(request, this.origins);
    // Set before anything can refuse: request log and audit know who was refused.
    exchange.principal = principal;
    exchange.principal = await this.inOrganization(principal, request);
    this.assertAllowed(exchange.principal, route);
    exchange.clockShiftMs = clockShiftOf(request.headers['test-clock'], principal);
    return true;
  }

  private routeOf(handler: object): CompiledRoute | null {
    const known = this.routes.get(handler);
    if (known !== undefined) return known;
    const declared = Reflect.getMetadata(ROUTE, handler) as CompiledRoute | undefined;
    if (declared === undefined) return null;
    this.routes.set(handler, declared);
    return declared;
  }

  private refuseSelection(request: FastifyRequest): void {
    if (request.headers['tollgate-organization'] !== undefined) throw new DomainError('organization_not_selectable');
  }

  private async inOrganization(principal: Principal, request: FastifyRequest): Promise<Principal> {
    const named = request.headers['tollgate-organization'];
    if (named === undefined) return principal;
    if (!principal.platformStaff || principal.kind !== 'session') throw new DomainError('organization_not_selectable');
    if (typeof named !== 'string' || !isId('org', named) || !(await this.organizations.isSelectable(named))) {
      throw new DomainError('not_found', { detail: 'There is no such organization', param: 'Tollgate-Organization' });
    }
    return { ...principal, actingOrganizationId: named };
  }

  private assertAllowed(principal: Principal, route: CompiledRoute): void {
    const { access } = route;
    if (access === 'self') {
      if (principal.userId === null) throw new DomainError('permission_denied');
    } else if (typeof access === 'string' && !principal.permissions.has(access)) {
      throw new DomainError('permission_denied', { extra: { required_permission: access } });
    }
    if (route.stepUp && this.clock.recordedAt() - principal.assurance.authenticatedAt >= STEP_UP_MS) {
      throw new DomainError('step_up_required');
    }
  }
}
