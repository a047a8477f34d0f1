import { Module, type ModuleMetadata } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { ConfigModule, type Config } from '@tollgate/api/config';
import { Database, Readiness, UnitOfWork } from '@tollgate/api/database';
import { JobHandlers } from '@tollgate/api/jobs';
import { Clock, DomainError, SystemClock, type Principal } from '@tollgate/api/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import { createHttpApplication } from '../application';
import { HttpModule } from '../http.module';

export const ORIGIN = 'https://id.example.com';

/** Settings of specs of this library: those that HTTP reads. */
export const testConfig = (changes: Partial<Config> = {}): Config =>
  ({
    profile: 'test',
    publicUrl: ORIGIN,
    trustedProxies: [],
    redisUrl: null,
    processes: 1,
    ...changes,
  }) as unknown as Config;

export const principal = (changes: Partial<Principal> = {}): Principal => ({
  kind: 'api_key',
  id: 'key_01J00000000000000000000000',
  label: 'key',
  organizationId: 'org_01J00000000000000000000000',
  actingOrganizationId: 'org_01J00000000000000000000000',
  applicationId: 'app_01J00000000000000000000000',
  userId: null,
  test: false,
  platformStaff: false,
  roles: [],
  permissions: new Set(['verifications:write', 'verifications:read']),
  assurance: { level: 1, authenticatedAt: Date.now() },
  ...changes,
});

/** `Bearer good`, and whoever the spec adds by name. */
export const people = new Map<string, Principal>();

class TestKeyStrategy extends PassportStrategy(Strategy, 'api-key') {
  validate(request: FastifyRequest): Principal | null {
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    if (token === 'suspended') throw new DomainError('organization_suspended');
    return people.get(token) ?? null;
  }
}

class TestSessionStrategy extends PassportStrategy(Strategy, 'session') {
  validate(request: FastifyRequest): Principal | null {
    const name = /\bwho=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    if (name === undefined) throw new DomainError('missing_credentials');
    return people.get(name) ?? null;
  }
}

/** The parts of the platform that HTTP touches beside its own job; the integration specs have the real ones. */
const PLATFORM = [
  { provide: Clock, useClass: SystemClock },
  { provide: Readiness, useClass: Readiness },
  { provide: Database, useValue: {} },
  { provide: UnitOfWork, useValue: { beforeCommit: () => undefined } },
  { provide: JobHandlers, useValue: { schedule: () => undefined } },
];

/** A served application of these controllers, with strategies that know `people`. */
export async function testApp(parts: ModuleMetadata, config: Config = testConfig()): Promise<NestFastifyApplication> {
  @Module({
    ...parts,
    imports: [ConfigModule.forRoot(config), HttpModule, ...(parts.imports ?? [])],
    providers: [TestKeyStrategy, TestSessionStrategy, ...(parts.providers ?? [])],
  })
  class TestModule {}

  const app = await createHttpApplication(
    { module: TestModule, global: true, providers: PLATFORM, exports: PLATFORM.map(({ provide }) => provide) },
    { logger: false },
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
