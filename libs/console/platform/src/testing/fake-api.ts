import { HttpBackend, HttpErrorResponse, HttpResponse } from '@angular/common/http';
import type { HttpEvent, HttpRequest } from '@angular/common/http';
import type { Page } from '@tollgate/contracts';
import { Observable } from 'rxjs';

export interface FakeCall {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
}

type Answer = unknown;
type Handler = (call: FakeCall) => Answer | Promise<Answer>;

/** An answer with another status than 200. */
export class FakeAnswer {
  constructor(
    readonly status: number,
    readonly body: unknown,
  ) {}
}

/** A problem+json answer: `problem(409, 'slug_taken', 'Another organization has this slug', { param: 'slug' })`. */
export const problem = (status: number, code: string, title = code, more: Record<string, unknown> = {}): FakeAnswer =>
  new FakeAnswer(status, { type: `/docs#${code}`, title, status, code, request_id: 'req_fake', ...more });

/** A page of a list. */
export const page = <T>(data: T[], more: Partial<Page<T>> = {}): Page<T> => ({
  data,
  next_cursor: null,
  total_estimate: data.length,
  ...more,
});

/**
 * The API of a spec: answers by `METHOD /v1/path/:id`, remembers every call. A call without an answer is a 404 that
 * names itself, so that a spec fails with the reason.
 */
export class FakeApi implements HttpBackend {
  readonly calls: FakeCall[] = [];
  private readonly handlers = new Map<string, Handler>();

  constructor(answers: Readonly<Record<string, Answer | Handler>> = {}) {
    for (const [what, answer] of Object.entries(answers)) this.on(what, answer);
  }

  on(what: string, answer: Answer | Handler): this {
    this.handlers.set(what, typeof answer === 'function' ? (answer as Handler) : () => answer);
    return this;
  }

  /** The calls of an endpoint so far. */
  callsOf(what: string): FakeCall[] {
    return this.calls.filter((call) => matches(what, call.method, call.path) !== null);
  }

  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    const url = new URL(request.urlWithParams, 'http://console.test');
    return new Observable((observer) => {
      let live = true;
      void this.answer(request, url).then(
        (answer) => {
          if (!live) return;
          const { status, body } = answer instanceof FakeAnswer ? answer : new FakeAnswer(200, answer);
          if (status >= 200 && status < 300) {
            observer.next(new HttpResponse({ status, body: structuredClone(body ?? null), url: request.url }));
            observer.complete();
          } else {
            observer.error(new HttpErrorResponse({ status, error: body, url: request.url }));
          }
        },
        (failure: unknown) => observer.error(failure),
      );
      return () => (live = false);
    });
  }

  private async answer(request: HttpRequest<unknown>, url: URL): Promise<unknown> {
    const headers = Object.fromEntries(
      request.headers.keys().map((name) => [name.toLowerCase(), request.headers.get(name) ?? '']),
    );
    const call: FakeCall = {
      method: request.method,
      path: url.pathname,
      params: {},
      query: Object.fromEntries(url.searchParams),
      body: request.body,
      headers,
    };
    for (const [what, handler] of this.handlers) {
      const params = matches(what, call.method, call.path);
      if (!params) continue;
      this.calls.push({ ...call, params });
      return handler({ ...call, params });
    }
    this.calls.push(call);
    return problem(404, 'route_not_found', `No answer for ${call.method} ${call.path}`);
  }
}

function matches(what: string, method: string, path: string): Record<string, string> | null {
  const [verb, pattern = ''] = what.split(' ');
  if (verb !== method) return null;
  const names: string[] = [];
  const source = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/:([a-z_]+)/gi, (_, name: string) => {
    names.push(name);
    return '([^/]+)';
  });
  const found = new RegExp(`^${source}$`).exec(path);
  return found && Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]));
}
