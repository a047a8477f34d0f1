import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, DiscoveryModule } from '@nestjs/core';
import type { SchemaPart } from '@tollgate/api/database';
import { AccessGuard } from './access-guard';
import { Authenticator } from './authenticator';
import { DeclaredRoutesCheck } from './declared-routes-check';
import { ErrorPages } from './error-page';
import { FlexibleRateLimiter } from './flexible-rate-limiter';
import { CallsInFlight } from './idempotency/calls-in-flight';
import { Idempotency } from './idempotency/idempotency';
import { OpenRequests } from './open-requests';
import { OrganizationSelection } from './organization-selection';
import { IdempotencyRecords } from './persistence/idempotency-records';
import { httpMigrations } from './persistence/migrations';
import { ProblemFilter } from './problem-filter';
import { RateLimiter } from './rate-limiter';
import { RedisConnection } from './redis-connection';
import { RequestObservers } from './request-observers';
import { RouteTable } from './route-table';

/** The HTTP platform: import it once, in the composition root, and serve with `createHttpApplication`. */
@Global()
@Module({
  imports: [DiscoveryModule],
  providers: [
    CallsInFlight,
    Idempotency,
    IdempotencyRecords,
    RedisConnection,
    Authenticator,
    DeclaredRoutesCheck,
    ErrorPages,
    FlexibleRateLimiter,
    OpenRequests,
    OrganizationSelection,
    RequestObservers,
    RouteTable,
    { provide: RateLimiter, useExisting: FlexibleRateLimiter },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
  ],
  exports: [
    DeclaredRoutesCheck,
    ErrorPages,
    OpenRequests,
    OrganizationSelection,
    RateLimiter,
    RequestObservers,
    RouteTable,
  ],
})
export class HttpModule {
  static readonly schema: SchemaPart = { entities: [], migrations: httpMigrations };
}
