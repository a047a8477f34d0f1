import { Controller, Module } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { endpoint, type InputOf } from '@tollgate/contracts';
import { ConfigModule, readConfig } from '@tollgate/api/config';
import { Database, DatabaseModule, migration, UnitOfWork, type SchemaPart } from '@tollgate/api/database';
import { createHttpApplication, HttpModule, Input, reply, Serve } from '@tollgate/api/http';
import { JobHandlers } from '@tollgate/api/jobs';
import { DomainError, newId, type Principal } from '@tollgate/api/kernel';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-custom';
import * as z from 'zod';
import { onBothEngines } from '../lib/on-both-engines';
import { createTestDatabase, redisServerUrl, type TestDatabase } from '../lib/test-database';

const body = z.strictObject({ note: z.string(), tags: z.record(z.string(), z.string()).optional() });
const grant = endpoint({
  id: 'effects.grant',
  method: 'POST',
  path: '/v1/effects',
  access: 'verifications:write',
  summary: 'Has an effect',
  tag: 'Effects',
  body,
  responses: { 201: z.strictObject({ id: z.string(), token: z.string() }), 200: z.strictObject({ id: z.string() }) },
  idempotency: 'required',
  secrets: ['token'],
});
const optional = endpoint({
  ...grant,
  access: 'verifications:write',
  id: 'effects.optional',
  path: '/v1/optional',
  idempotency: 'optional',
});
const careless = endpoint({ ...grant, access: 'verifications:write', id: 'effects.careless', path: '/v1/careless' });

const schema: SchemaPart = {
  entities: [],
  migrations: [
    migration({
      name: '2026-11-22-9990-effects',
      up: (t) => [
        `CREATE TABLE effect (id ${t.id} NOT NULL PRIMARY KEY, note ${t.text(50)} NOT NULL)${t.tableOptions}`,
        'CREATE UNIQUE INDEX effect_note ON effect (note)',
      ],
      down: () => ['DROP TABLE effect'],
    }),
  ],
};

/** Holds handlers until a spec lets them go. */
const gate = { wait: Promise.resolve() };
const attempts = { count: 0 };

interface Effect {
  readonly id: string;
  readonly isNew: boolean;
}

@Controller()
class EffectsController {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Serve(grant, {
    answer: (effect: Effect) =>
      effect.isNew ? reply(201, { id: effect.id, token: `secret-of-${effect.id}` }) : reply(200, { id: effect.id }),
  })
  async grant(@Input() input: InputOf<typeof grant>): Promise<Effect> {
    attempts.count += 1;
    await gate.wait;
    return this.effect(input.body.note);
  }

  @Serve(optional)
  async optional(@Input() input: InputOf<typeof grant>) {
    const { id } = await this.effect(input.body.note);
    return reply(200, { id });
  }

  @Serve(careless)
  async careless(@Input() input: InputOf<typeof grant>) {
    const id = await this.unitOfWork.run(async () => (await this.effect(input.body.note)).id);
    return reply(200, { id });
  }

  private async effect(note: string): Promise<Effect> {
    if (note === 'nothing') return { id: 'none', isNew: false };
    return this.unitOfWork.run(async () => {
      const id = newId('act');
      try {
        await this.database.execute('INSERT INTO effect (id, note) VALUES (?, ?)', [id, note]);
      } catch (error) {
        if (this.database.isDuplicate(error)) throw new DomainError('slug_taken');
        throw error;
      }
      if (note.startsWith('refused')) throw new DomainError('insufficient_credits');
      return { id, isNew: true };
    });
  }
}

const ORGANIZATION = 'org_01J00000000000000000000000';

class KeyStrategy extends PassportStrategy(Strategy, 'api-key') {
  validate(request: FastifyRequest): Principal {
    return {
      kind: 'api_key',
      id: `key_${(request.headers.authorization ?? '').slice(7)}`,
      label: 'key',
      organizationId: ORGANIZATION,
      actingOrganizationId: ORGANIZATION,
      applicationId: null,
      userId: null,
      test: false,
      platformStaff: false,
      roles: [],
      permissions: new Set(['verifications:write']),
      assurance: { level: 1, authenticatedAt: 0 },
    };
  }
}

class SessionStrategy extends PassportStrategy(Strategy, 'session') {
  validate(): null {
    return null;
  }
}

const scheduled: (() => Promise<void>)[] = [];
const handlers = {
  register: () => undefined,
  schedule: (_schedule: unknown, handler: () => Promise<void>) => scheduled.push(handler),
};

async function boot(storage: TestDatabase, environment: Record<string, string> = {}): Promise<NestFastifyApplication> {
  const config = readConfig({
    TOLLGATE_PROFILE: 'test',
    TOLLGATE_DATA_DIR: storage.dataDir,
    DATABASE_URL: storage.url,
    ...environment,
  });
  @Module({
    imports: [ConfigModule.forRoot(config), DatabaseModule.forRoot([HttpModule.schema, schema]), JobsStub, HttpModule],
    controllers: [EffectsController],
    providers: [KeyStrategy, SessionStrategy],
  })
  class EffectsModule {}
  const app = await createHttpApplication(EffectsModule, { logger: false });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

@Module({})
class JobsStubModule {}
const JobsStub = {
  module: JobsStubModule,
  global: true,
  providers: [{ provide: JobHandlers, useValue: handlers }],
  exports: [JobHandlers],
};

onBothEngines((engine) => {
  let storage: TestDatabase;
  let first: NestFastifyApplication;
  /** Another process on the same database, without Redis: nothing but the database stands between them. */
  let second: NestFastifyApplication;
  let serial = 0;

  beforeAll(async () => {
    scheduled.length = 0;
    storage = await createTestDatabase(engine);
    first = await boot(storage);
    second = await boot(storage);
  });

  afterAll(async () => {
    await first.close();
    await second.close();
    await storage.drop();
  });

  beforeEach(() => {
    gate.wait = Promise.resolve();
    attempts.count = 0;
  });

  const fresh = (): string => `note-${(serial += 1)}`;
  const call = (
    note: string,
    key: string | null,
    { app = first, url = '/v1/effects', who = 'A', extra = {} as object } = {},
  ) =>
    app.inject({
      method: 'POST',
      url,
      payload: { note, ...extra },
      headers: { authorization: `Bearer ${who}`, ...(key === null ? {} : { 'idempotency-key': key }) },
    });
  const effects = async (note: string): Promise<number> => {
    const rows = await first.get(Database).query('SELECT id FROM effect WHERE note = ?', [note]);
    return rows.length;
  };

  it('gives the same answer to the same call, without its secret and without a second effect', async () => {
    const note = fresh();
    const original = await call(note, note);
    expect(original.statusCode).toBe(201);
    expect(original.json().token).toMatch(/^secret-of-act_/);
    expect(original.headers).not.toHaveProperty('idempotency-replayed');
    for (const app of [first, second]) {
      const again = await call(note, note, { app });
      expect([again.statusCode, again.json()]).toEqual([201, { id: original.json().id }]);
      expect(again.headers['idempotency-replayed']).toBe('true');
    }
    expect(await effects(note)).toBe(1);
  });

  it('keeps no secret', async () => {
    const note = fresh();
    await call(note, note);
    const rows = await first.get(Database).query<{ body: string }>('SELECT body FROM idempotency_record', []);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/secret-of/);
  });

  it('takes a key bare or quoted as one', async () => {
    const note = fresh();
    const original = await call(note, note);
    expect((await call(note, `"${note}"`)).json().id).toBe(original.json().id);
  });

  it('sees through the order of members, not through other bodies, keys of others or other paths', async () => {
    const note = fresh();
    const tags = { tags: { a: '1', b: '2' } };
    await call(note, note, { extra: tags });
    const sameKey = { authorization: 'Bearer A', 'idempotency-key': note, 'content-type': 'application/json' };
    const reordered = await first.inject({
      method: 'POST',
      url: '/v1/effects',
      payload: `{ "tags": {"b":"2","a":"1"}, "note": "${note}" }`,
      headers: sameKey,
    });
    expect(reordered.headers['idempotency-replayed']).toBe('true');
    const other = await call(fresh(), note);
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency_key_reused']);
    const elsewhere = await call(note, note, { url: '/v1/optional', extra: tags });
    expect(elsewhere.json().code).toBe('idempotency_key_reused');
    const somebodyElse = await call(fresh(), note, { who: 'B' });
    expect(somebodyElse.statusCode).toBe(201);
  });

  it('demands a key where it is required and checks it wherever it is given', async () => {
    const note = fresh();
    const none = await call(note, null);
    expect([none.statusCode, none.json().code]).toEqual([400, 'idempotency_key_required']);
    for (const bad of ['', 'x'.repeat(256), 'caf\u00e9']) {
      expect((await call(note, bad)).json().code).toBe('idempotency_key_invalid');
    }
    expect((await call(note, null, { url: '/v1/optional' })).statusCode).toBe(200);
  });

  it('keeps no refusal: the same call may succeed later', async () => {
    const note = `refused-${fresh()}`;
    expect((await call(note, note)).statusCode).toBe(402);
    expect((await call(note, note)).statusCode).toBe(402);
    expect(await effects(note)).toBe(0);
  });

  it('keeps the answer of a call that changed nothing', async () => {
    const key = fresh();
    expect((await call('nothing', key)).headers).not.toHaveProperty('idempotency-replayed');
    expect((await call('nothing', key)).headers['idempotency-replayed']).toBe('true');
  });

  it('lets a duplicate wait for the first and gives it the answer', async () => {
    const note = fresh();
    let open = (): void => undefined;
    gate.wait = new Promise<void>((resolve) => (open = resolve));
    const original = call(note, note);
    await until(() => attempts.count === 1);
    const duplicates = [call(note, note), call(note, note)];
    const reused = await call(fresh(), note);
    expect(reused.json().code).toBe('idempotency_key_reused');
    open();
    const answers = await Promise.all([original, ...duplicates]);
    expect(answers.map((answer) => answer.statusCode)).toEqual([201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(attempts.count).toBe(1);
  });

  it('tells a duplicate to come back when the first takes too long', async () => {
    const note = fresh();
    let open = (): void => undefined;
    gate.wait = new Promise<void>((resolve) => (open = resolve));
    const original = call(note, note);
    await until(() => attempts.count === 1);
    const duplicate = await call(note, note);
    expect([duplicate.statusCode, duplicate.json().code]).toEqual([409, 'request_in_progress']);
    expect(duplicate.headers['retry-after']).toBe('1');
    open();
    expect((await original).statusCode).toBe(201);
    expect((await call(note, note)).headers['idempotency-replayed']).toBe('true');
  });

  it('has one effect for one key whatever the number of processes and calls', async () => {
    const note = fresh();
    const calls = Array.from({ length: 20 }, (_, index) => call(note, note, { app: index % 2 === 0 ? first : second }));
    const answers = await Promise.all(calls);
    expect(answers.map((answer) => answer.statusCode)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(answers.map((answer) => answer.json().id)).size).toBe(1);
    expect(answers.filter((answer) => answer.headers['idempotency-replayed'] === undefined)).toHaveLength(1);
    expect(await effects(note)).toBe(1);
  });

  it('leaves neither effect nor answer when the transaction ends without commit', async () => {
    const note = fresh();
    const database = first.get(Database);
    const execute = database.execute.bind(database);
    database.execute = async (sql, values) => {
      const done = await execute(sql, values);
      if (sql.includes('INTO idempotency_record')) throw new Error('the process died here');
      return done;
    };
    expect((await call(note, note)).statusCode).toBe(500);
    database.execute = execute;
    expect(await effects(note)).toBe(0);
    const retried = await call(note, note);
    expect(retried.statusCode).toBe(201);
    expect(retried.headers).not.toHaveProperty('idempotency-replayed');
  });

  it('forgets after a day and then takes the key for something else', async () => {
    const note = fresh();
    await call(note, note);
    const database = first.get(Database);
    await database.execute('UPDATE idempotency_record SET expires_at = 1 WHERE status = 201', []);
    expect((await call(fresh(), note)).statusCode).toBe(201);
    await database.execute('UPDATE idempotency_record SET expires_at = 1', []);
    for (const handler of scheduled) await handler();
    expect(await database.query('SELECT id FROM idempotency_record', [])).toEqual([]);
  });

  it('catches, in tests, an act whose answer does not come out of its unit of work', async () => {
    const note = fresh();
    expect((await call(note, note, { url: '/v1/careless' })).statusCode).toBe(500);
  });
});

describe('with Redis', () => {
  it('lets a duplicate in another process wait', async () => {
    const storage = await createTestDatabase('mysql');
    const environment = { REDIS_URL: redisServerUrl() };
    const [first, second] = [await boot(storage, environment), await boot(storage, environment)];
    let open = (): void => undefined;
    gate.wait = new Promise<void>((resolve) => (open = resolve));
    attempts.count = 0;
    const call = (app: NestFastifyApplication) =>
      app.inject({
        method: 'POST',
        url: '/v1/effects',
        payload: { note: 'shared' },
        headers: { authorization: 'Bearer A', 'idempotency-key': 'shared-key' },
      });
    const original = call(first);
    await until(() => attempts.count === 1);
    const duplicate = call(second);
    const late = await call(second);
    expect(late.json().code).toBe('request_in_progress');
    expect((await duplicate).json().code).toBe('request_in_progress');
    open();
    expect((await original).statusCode).toBe(201);
    expect((await call(second)).headers['idempotency-replayed']).toBe('true');
    expect(attempts.count).toBe(1);
    await first.close();
    await second.close();
    await storage.drop();
  });
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
