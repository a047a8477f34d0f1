import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AuthModule } from '../lib/auth.module';
import { ConfigModule, readConfig } from '@tollgate/api/config';
import { CryptoModule } from '@tollgate/api/crypto';
import { Database, DatabaseModule, type Engine, type SchemaPart } from '@tollgate/api/database';
import { createHttpApplication, HttpModule } from '@tollgate/api/http';
import { JobsModule } from '@tollgate/api/jobs';
import { createTestDatabase } from '@tollgate/api/testing';
import type { FastifyInstance } from 'fastify';
import { InvitationSecret } from '../lib/invitations/invitation-mail';
import { CookieJar } from './cookie-jar';

type WithSchema = { readonly schema?: SchemaPart };

/** Schema of the module and everything that it imports. */
function schemaOf(module: object, seen = new Set<object>()): SchemaPart[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const imports = (Reflect.getMetadata('imports', module) ?? []) as object[];
  const own = (module as WithSchema).schema;
  return [...(own === undefined ? [] : [own]), ...imports.flatMap((one) => schemaOf(one, seen))];
}

@Module({})
class ServedModule {}

export const ORIGIN = 'http://localhost:3000';

/** The auth slice behind HTTP, on a database of its own. */
export interface Served {
  readonly app: NestFastifyApplication;
  /** The link of the open invitation to this address, as its mail would hold it. */
  invitationLink(email: string): Promise<string>;
  readonly database: Database;
  readonly clock: { recordedAt(): number };
  get<T>(token: abstract new (...args: never[]) => T): T;
  /** A browser without cookies. */
  browser(): CookieJar;
  close(): Promise<void>;
}

export async function serveAuth(engine: Engine, options: { readonly port?: number } = {}): Promise<Served> {
  const storage = await createTestDatabase(engine);
  const port = options.port ?? 3000;
  const config = readConfig({
    TOLLGATE_PROFILE: 'test',
    TOLLGATE_DATA_DIR: storage.dataDir,
    TOLLGATE_KEYS: `t1:${Buffer.alloc(32, 'a key of the tests').toString('base64')}`,
    TOLLGATE_HASH_KEY: Buffer.alloc(32, 'another key of them').toString('base64'),
    // A sixth of the time of bcrypt; sign-in itself cannot tell.
    TOLLGATE_PASSWORD_HASH: 'argon2id',
    // Fakes of providers live on loopback.
    TOLLGATE_OUTBOUND_ALLOW: '127.0.0.1',
    TOLLGATE_PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: storage.url,
  });
  const schema = [HttpModule as WithSchema, JobsModule as WithSchema].flatMap((part) => part.schema ?? []);
  const app = await createHttpApplication(
    {
      module: ServedModule,
      imports: [
        ConfigModule.forRoot(config),
        CryptoModule,
        DatabaseModule.forRoot([...schema, ...schemaOf(AuthModule)]),
        JobsModule.forRoot({ automatic: false }),
        HttpModule,
        AuthModule,
      ],
    },
    { logger: false },
  );
  await app.init();
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await fastify.ready();
  const get = <T>(token: abstract new (...args: never[]) => T): T => app.get<T>(token as never, { strict: false });
  return {
    app,
    invitationLink: async (email) => {
      const [row] = await get(Database).query<{ id: string }>(
        "SELECT id FROM invitation WHERE email = ? AND status = 'pending'",
        [email],
      );
      return (await get(InvitationSecret).secret(row?.id ?? ''))?.code ?? '';
    },
    database: get(Database),
    clock: { recordedAt: () => Date.now() },
    get,
    browser: () => new CookieJar(fastify, `http://localhost:${port}`),
    close: async () => {
      await app.close();
      await storage.drop();
    },
  };
}
