import type { FastifyInstance } from 'fastify';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>;
  readonly text: string;
  readonly location: string | null;
  json(): Record<string, unknown>;
}

type Headers = Readonly<Record<string, string | undefined>>;

/** A browser, as far as the pages can tell: keeps cookies, sends Origin, fills forms that it was shown. */
export class CookieJar {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly fastify: FastifyInstance,
    private readonly origin: string,
    /** Of the proxy-less socket. */
    readonly address: string = '203.0.113.7',
  ) {}

  get(path: string, headers: Headers = {}): Promise<Answer> {
    return this.send('GET', path, undefined, { accept: 'text/html', ...headers });
  }

  /** Posts a form as the page at `path` would, with the token that was shown there. */
  async fill(path: string, fields: Readonly<Record<string, string>>, headers: Headers = {}): Promise<Answer> {
    const page = await this.get(path);
    const token = /name="form_token" value="([0-9a-f]{64})"/.exec(page.text)?.[1] ?? '';
    return this.post(path, { form_token: token, ...fields }, headers);
  }

  post(path: string, fields: Readonly<Record<string, string>>, headers: Headers = {}): Promise<Answer> {
    return this.send('POST', path, new URLSearchParams(fields).toString(), {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'text/html',
      origin: this.origin,
      ...headers,
    });
  }

  api(method: string, path: string, body?: unknown, headers: Headers = {}): Promise<Answer> {
    return this.send(method, path, body === undefined ? undefined : JSON.stringify(body), {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      origin: this.origin,
      ...headers,
    });
  }

  private async send(method: string, path: string, payload: string | undefined, headers: Headers): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const given = Object.entries({ ...(cookie === '' ? {} : { cookie }), ...headers });
    const answer = await this.fastify.inject({
      method: method as 'GET',
      url: path,
      remoteAddress: this.address,
      headers: Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Record<string, string>,
      ...(payload === undefined ? {} : { payload }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) this.keep(String(line));
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: answer.body,
      location: typeof location === 'string' ? location : null,
      json: () => JSON.parse(answer.body) as Record<string, unknown>,
    };
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    const cut = pair.indexOf('=');
    if (/Max-Age=0/i.test(line)) this.cookies.delete(pair.slice(0, cut));
    else this.cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
  }
}
