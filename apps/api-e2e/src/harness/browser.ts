import type { RunningServer } from './server';

export interface PageAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly headers: Headers;
  readonly text: string;
}

type Fields = Readonly<Record<string, string>>;

/** A browser without script: keeps cookies, sends Origin with its posts, fills the forms that it was shown. */
export class Browser {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly server: RunningServer,
    private readonly origin = server.url,
  ) {}

  /** The same browser at another server, as behind a load balancer. */
  at(server: RunningServer): Browser {
    const copy = new Browser(server);
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }

  get(path: string, headers: Fields = {}): Promise<PageAnswer> {
    return this.send(path, { headers: { accept: 'text/html', ...headers } });
  }

  async fill(path: string, fields: Fields, headers: Fields = {}): Promise<PageAnswer> {
    const { text } = await this.get(path);
    const token = /name="form_token" value="([0-9a-f]{64})"/.exec(text)?.[1] ?? '';
    return this.post(path, { form_token: token, ...fields }, headers);
  }

  post(path: string, fields: Fields, headers: Fields = {}): Promise<PageAnswer> {
    return this.send(path, {
      method: 'POST',
      headers: {
        accept: 'text/html',
        'content-type': 'application/x-www-form-urlencoded',
        origin: this.origin,
        ...headers,
      },
      body: new URLSearchParams(fields).toString(),
    });
  }

  api(method: string, path: string, body?: unknown, headers: Fields = {}): Promise<PageAnswer> {
    return this.send(path, {
      method,
      headers: {
        origin: this.origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  private async send(path: string, init: RequestInit): Promise<PageAnswer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...(init.headers as Fields), ...(cookie === '' ? {} : { cookie }) };
    const answer = await this.server.fetch(path, { ...init, headers });
    for (const line of answer.headers.getSetCookie()) {
      const pair = line.split(';')[0] ?? '';
      const cut = pair.indexOf('=');
      if (/Max-Age=0/i.test(line)) this.cookies.delete(pair.slice(0, cut));
      else this.cookies.set(pair.slice(0, cut), pair.slice(cut + 1));
    }
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      headers: answer.headers,
      text: await answer.text(),
    };
  }
}
