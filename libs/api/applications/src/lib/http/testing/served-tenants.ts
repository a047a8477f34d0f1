import { Module } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuditModule } from '@tollgate/api/audit';
import { ConfigModule, readConfig } from '@tollgate/api/config';
import { CryptoModule } from '@tollgate/api/crypto';
import { DatabaseModule, type Engine } from '@tollgate/api/database';
import { createHttpApplication, HttpModule } from '@tollgate/api/http';
import { JobsModule } from '@tollgate/api/jobs';
import type { Principal } from '@tollgate/api/kernel';
import { OrganizationsModule, OrganizationSeeding } from '@tollgate/api/organizations';
import { createTestDatabase, type TestDatabase } from '@tollgate/api/testing';
import { BUILT_IN_ROLES } from '@tollgate/contracts';
import { Strategy } from 'passport-custom';
import { ApplicationSeeding } from '../../application-seeding';
import { ApplicationsModule } from '../../applications.module';

const ORIGIN = 'http://localhost:3000';
const PLATFORM_ORGANIZATION_ID = 'org_00000000000000000000000000';
const SLICES = [AuditModule, OrganizationsModule, ApplicationsModule];

export interface Tenant {
  readonly organizationId: string;
  readonly applicationId: string;
  readonly liveKey: { readonly id: string; readonly token: string };
}

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, unknown>>;
}

type Role = keyof typeof BUILT_IN_ROLES.organization | 'super_admin';

/** The slices under test as they are served, with people who need no sign-in: that is another slice's. */
export class ServedTenants {
  readonly people = new Map<string, Principal>();

  private constructor(
    readonly app: NestFastifyApplication,
    private readonly storage: TestDatabase,
  ) {}

  static async start(engine: Engine): Promise<ServedTenants> {
    const storage = await createTestDatabase(engine);
    const found: { served?: ServedTenants } = {};
    const served = new ServedTenants(await serve(storage, (name) => found.served?.people.get(name) ?? null), storage);
    found.served = served;
    return served;
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.storage.drop();
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.app.get<T>(token as never, { strict: false });
  }

  /** An organization with an application and a live key. */
  async tenant(name: string): Promise<Tenant> {
    const organization = await this.get(OrganizationSeeding).create({ name });
    const seeding = this.get(ApplicationSeeding);
    const application = await seeding.create(organization.id, { name: `${name} shop`, address_mode: 'any' });
    const keys = await seeding.createKeys(application);
    return { organizationId: organization.id, applicationId: application.id, liveKey: keys.live };
  }

  /** Somebody with a built-in role; a super admin belongs to the platform whatever the organization. */
  person(name: string, role: Role, organizationId: string = PLATFORM_ORGANIZATION_ID): void {
    const staff = role === 'super_admin';
    this.people.set(name, {
      kind: 'session',
      id: `ses_${name}`,
      label: `${name}@example.com`,
      organizationId,
      actingOrganizationId: staff ? null : organizationId,
      applicationId: null,
      userId: `usr_${name}`,
      test: null,
      platformStaff: staff,
      roles: [role],
      permissions: new Set(staff ? BUILT_IN_ROLES.platform.super_admin : BUILT_IN_ROLES.organization[role]),
      assurance: { level: 2, authenticatedAt: Date.now() },
    });
  }

  /** `who`: the name of a person, a key, or null for a stranger. */
  async call(who: string | null, method: string, url: string, body?: object, headers: object = {}): Promise<Answer> {
    const credential =
      who === null
        ? {}
        : who.startsWith('tg_')
          ? { authorization: `Bearer ${who}` }
          : { cookie: `who=${who}`, origin: ORIGIN };
    const answer = await this.app.inject({
      method: method as 'GET',
      url,
      headers: { ...credential, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    });
    const read = answer.body === '' ? {} : (JSON.parse(answer.body) as Record<string, unknown>);
    return {
      status: answer.statusCode,
      code: read['code'] as string | undefined,
      body: read,
      headers: answer.headers,
    };
  }
}

async function serve(storage: TestDatabase, find: (name: string) => Principal | null): Promise<NestFastifyApplication> {
  class NamedSession extends PassportStrategy(Strategy, 'session') {
    validate(request: { headers: { cookie?: string } }): Principal | null {
      return find(/who=(\w+)/.exec(request.headers.cookie ?? '')?.[1] ?? '');
    }
  }
  const config = readConfig({
    TOLLGATE_PROFILE: 'test',
    TOLLGATE_PUBLIC_URL: ORIGIN,
    TOLLGATE_DATA_DIR: storage.dataDir,
    TOLLGATE_KEYS: `t1:${Buffer.alloc(32, 'k1-').toString('base64')}`,
    TOLLGATE_HASH_KEY: Buffer.alloc(32, 'hk-').toString('base64'),
    DATABASE_URL: storage.url,
  });
  @Module({
    imports: [
      ConfigModule.forRoot(config),
      CryptoModule,
      DatabaseModule.forRoot([HttpModule.schema, JobsModule.schema, ...SLICES.map((slice) => slice.schema)]),
      JobsModule.forRoot({ automatic: false }),
      HttpModule,
      ...SLICES,
    ],
    providers: [NamedSession],
  })
  class ServedModule {}
  const app = await createHttpApplication(ServedModule, { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}
