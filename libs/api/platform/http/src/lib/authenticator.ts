import { Injectable, UnauthorizedException, type ExecutionContext } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { DomainError, type Principal } from '@tollgate/api/kernel';
import type { FastifyRequest } from 'fastify';
import { addressBucket } from './addresses';
import type { Exchange } from './exchange';
import { limitedError, RateLimiter, violatedPolicy } from './rate-limiter';

/** Names of the Passport strategies; each returns a `Principal`, or null when the credential is no good. */
export type StrategyName = 'api-key' | 'session';

const PROPERTY = 'tollgatePrincipal';
const Guards = {
  'api-key': AuthGuard('api-key'),
  session: AuthGuard('session'),
} as const;

/** Failed credentials from one address: beyond it they are answered 429. Good credentials are never limited by it. */
const FAILED = { name: 'failed_authentication', limit: 60, windowSeconds: 300 } as const;

/** Finds out who calls, by the credential that is there. */
@Injectable()
export class Authenticator {
  private readonly guards = {
    'api-key': new Guards['api-key']({ session: false, property: PROPERTY }),
    session: new Guards.session({ session: false, property: PROPERTY }),
  };

  constructor(private readonly limiter: RateLimiter) {}

  /**
   * @throws DomainError missing_credentials, what the strategy says, or too_many_failed_authentications
   */
  async authenticate(context: ExecutionContext, exchange: Exchange): Promise<Principal> {
    const strategy = this.strategyFor(exchange.request);
    if (strategy === null) throw new DomainError('missing_credentials');
    try {
      await this.guards[strategy].canActivate(context);
    } catch (error) {
      throw await this.failure(strategy, error, exchange);
    }
    const principal = (exchange.request as unknown as Record<string, unknown>)[PROPERTY] as Principal | undefined;
    if (!principal) throw new Error(`the strategy ${strategy} returned nobody`);
    return principal;
  }

  /** The Authorization header wins; a cookie counts only without one. A key anywhere else is not looked for. */
  private strategyFor(request: FastifyRequest): StrategyName | null {
    if (request.headers.authorization !== undefined) return 'api-key';
    return request.headers.cookie === undefined ? null : 'session';
  }

  private async failure(strategy: StrategyName, thrown: unknown, exchange: Exchange): Promise<unknown> {
    const error =
      thrown instanceof UnauthorizedException
        ? new DomainError(strategy === 'api-key' ? 'invalid_api_key' : 'invalid_session')
        : thrown;
    if (!(error instanceof DomainError) || error.kind !== 'unauthenticated') return error;
    if (error.code === 'missing_credentials') return error;
    const standing = await this.limiter.take(FAILED, addressBucket(exchange.addresses.effective));
    return standing.allowed ? error : limitedError('too_many_failed_authentications', [violatedPolicy(standing)]);
  }
}
