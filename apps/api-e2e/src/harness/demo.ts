import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type RunningServer, type ServerOptions } from './server';

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

/** Somebody who calls the API: a person with a session, an application with a key, or a stranger. */
export class Caller {
  constructor(
    private readonly server: RunningServer,
    private readonly headers: Readonly<Record<string, string>>,
  ) {}

  /** The same caller, acting in this organization: staff of the platform only. */
  in(organizationId: string): Caller {
    return this.with({ 'tollgate-organization': organizationId });
  }

  with(headers: Readonly<Record<string, string>>): Caller {
    return new Caller(this.server, { ...this.headers, ...headers });
  }

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    const answer = await this.server.fetch(path, {
      method,
      headers: { ...this.headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const read = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: answer.status, code: read['code'] as string | undefined, body: read, headers: answer.headers };
  }

  /** Calls, and throws unless the answer is 2xx: for what a test needs before it begins. */
  async done(method: string, path: string, body?: unknown): Promise<Readonly<Record<string, unknown>>> {
    const answer = await this.call(method, path, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  }
}

interface Person {
  readonly email: string;
  readonly password: string;
}

interface DemoCredentials {
  readonly organization_id: string;
  readonly application_id: string;
  readonly admin: Person;
  readonly super_admin: Person;
  readonly test_key: string;
  readonly live_key: string;
}

/** The demo that `npm start` runs, with everybody in it signed in. */
export interface Demo {
  readonly server: RunningServer;
  readonly credentials: DemoCredentials;
  readonly admin: Caller;
  readonly superAdmin: Caller;
  readonly stranger: Caller;
  readonly keyed: (token: string) => Caller;
}

const cookiesOf = (answer: Response): string[] =>
  answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');

/** Signs in through the pages, as a browser without script does. */
export async function signIn(server: RunningServer, person: Person): Promise<Caller> {
  const form = await server.fetch('/sign-in');
  const token = /name="form_token"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="form_token"/.exec(await form.text());
  const jar = cookiesOf(form);
  const answer = await server.fetch('/sign-in', {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      origin: server.url,
      cookie: jar.join('; '),
    },
    body: new URLSearchParams({
      form_token: token?.[1] ?? token?.[2] ?? '',
      identifier: person.email,
      password: person.password,
    }).toString(),
  });
  if (answer.status !== 303) throw new Error(`signing in was answered with ${answer.status}: ${await answer.text()}`);
  const session = cookiesOf(answer).filter((cookie) => !cookie.endsWith('='));
  return new Caller(server, { cookie: session.join('; '), origin: server.url });
}

async function credentialsOf(server: RunningServer): Promise<DemoCredentials> {
  const file = join(server.storage.dataDir, 'demo-credentials.json');
  for (let tries = 0; !existsSync(file); tries += 1) {
    if (tries > 500) throw new Error(`the demo made no ${file}:\n${server.output}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return JSON.parse(readFileSync(file, 'utf8')) as DemoCredentials;
}

/** Starts the demo. Close its server in `afterAll`. */
export async function startDemo(options: ServerOptions = {}): Promise<Demo> {
  const environment = { ...options.environment, TOLLGATE_PROFILE: 'demo' };
  const server = await startServer({ ...options, environment });
  try {
    const credentials = await credentialsOf(server);
    return {
      server,
      credentials,
      admin: await signIn(server, credentials.admin),
      superAdmin: await signIn(server, credentials.super_admin),
      stranger: new Caller(server, {}),
      keyed: (token) => new Caller(server, { authorization: `Bearer ${token}` }),
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}
