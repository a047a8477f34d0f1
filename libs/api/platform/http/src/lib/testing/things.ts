import { Controller } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { endpoint, label, listQuery, page, type InputOf } from '@tollgate/contracts';
import { RequestContext, type Principal } from '@tollgate/api/kernel';
import { connect } from 'node:net';
import * as z from 'zod';
import { reply, type Reply } from '../answer';
import { OrganizationSelection } from '../organization-selection';
import type { PageRequest } from '../page-request';
import { RequestObservers, type RequestRecord } from '../request-observers';
import { Caller, html, Input, Page, Serve, ServePage } from '../serve';
import { people, principal, testApp } from './test-app';

const start = endpoint({
  id: 'things.start',
  method: 'POST',
  path: '/v1/things',
  access: 'verifications:write',
  summary: 'Start',
  tag: 'Things',
  body: z.strictObject({ to: label(20), code: z.strictObject({ length: z.int().min(4) }).optional() }),
  responses: { 201: z.strictObject({ id: z.string(), by: z.string() }), 200: z.strictObject({ id: z.string() }) },
});
export const list = endpoint({
  id: 'things.list',
  method: 'GET',
  path: '/v1/things',
  access: 'verifications:read',
  summary: 'List',
  tag: 'Things',
  query: listQuery(['created_at'], { channel: z.enum(['sms', 'email']).optional() }),
  responses: { 200: page(z.strictObject({ id: z.string() })) },
});
export const read = endpoint({
  id: 'things.read',
  method: 'GET',
  path: '/v1/things/:id',
  access: { public: 'the spec calls it without anybody signed in' },
  summary: 'Read',
  tag: 'Things',
  params: z.strictObject({ id: z.string().regex(/^thg_\d+$/) }),
  responses: { 200: z.strictObject({ id: z.string(), request: z.string(), effective: z.string() }) },
});
const fail = endpoint({
  id: 'things.fail',
  method: 'DELETE',
  path: '/v1/things/:id',
  access: { public: 'the spec calls it without anybody signed in' },
  summary: 'Fail',
  tag: 'Things',
  responses: { 204: null },
});
const fresh = endpoint({
  id: 'things.fresh',
  method: 'PATCH',
  path: '/v1/things/:id',
  access: 'self',
  stepUp: true,
  summary: 'Needs a fresh sign-in',
  tag: 'Things',
  responses: { 204: null },
});

/** What `DELETE /v1/things/:id` throws. */
export const failures = new Map<string, () => unknown>();

@Controller()
export class ThingsController {
  @Serve(start)
  start(@Input() input: InputOf<typeof start>, @Caller() caller: Principal): Reply {
    if (input.body.to === 'again') return reply(200, { id: input.body.to });
    return reply(201, { id: input.body.to, by: caller.id });
  }

  @Serve(list)
  list(@Input() input: InputOf<typeof list>) {
    return { data: [{ id: input.query.channel ?? 'all' }], next_cursor: null, total_estimate: input.query.limit ?? 50 };
  }

  @Serve(read)
  async read(@Input() input: InputOf<typeof read>) {
    await Promise.resolve();
    const facts = RequestContext.current();
    return { id: input.params.id, request: facts?.requestId ?? '', effective: facts?.addresses.effective ?? '' };
  }

  @Serve(fail)
  fail(@Input() input: InputOf<typeof fail>): void {
    const failure = failures.get(String(Object.values(input.params)[0]));
    if (failure) throw failure();
  }

  @Serve(fresh)
  fresh(@Caller() caller: Principal): void {
    people.set('seen', caller);
  }

  @ServePage({ method: 'POST', path: '/sign-in', access: { public: 'the spec calls it without anybody signed in' } })
  signIn(@Page() page: PageRequest) {
    return html(200, `<p>${page.form()['email'] ?? ''}</p>`);
  }

  @ServePage({
    method: 'POST',
    path: '/hooks/large',
    access: { public: 'the spec calls it without anybody signed in' },
    maxBytes: 1_000_000,
  })
  hook(@Page() page: PageRequest) {
    return reply(200, { length: (page.json() as unknown[]).length });
  }
}

export const AUTHORIZED = { authorization: 'Bearer good', 'content-type': 'application/json' };
export const SELECTABLE = `org_${'2'.repeat(26)}`;

export interface ThingsApp {
  readonly app: NestFastifyApplication;
  readonly records: RequestRecord[];
  /** Listens on first use: some requests no HTTP library would send. */
  raw(request: string): Promise<string>;
}

/** An application of things, and everybody who may call it. */
export async function thingsApp(): Promise<ThingsApp> {
  people.set('good', principal());
  people.set('tester', principal({ test: true }));
  people.set('reader', principal({ permissions: new Set(['verifications:read']) }));
  const session = { kind: 'session', userId: 'usr_01J00000000000000000000000', id: 'ses_1' } as const;
  people.set('anna', principal(session));
  people.set('stale', principal({ ...session, assurance: { level: 2, authenticatedAt: Date.now() - 600_000 } }));
  people.set('staff', principal({ ...session, platformStaff: true, actingOrganizationId: null }));
  const records: RequestRecord[] = [];
  const app = await testApp({ controllers: [ThingsController] });
  app.get(RequestObservers).register((record) => records.push(record));
  app.get(OrganizationSelection).register((id) => Promise.resolve(id === SELECTABLE));
  const raw = async (request: string): Promise<string> => {
    if (!app.getHttpServer().listening) await app.listen(0, '127.0.0.1');
    return exchangeBytes((app.getHttpServer().address() as { port: number }).port, request);
  };
  return { app, records, raw };
}

/** Sends bytes and reads until the server closes. */
function exchangeBytes(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}
