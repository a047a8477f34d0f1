import type { Problem, Result } from './types';

export interface TransportOptions {
  readonly apiKey: string;
  /** Where Tollgate is: `https://id.example.com`. */
  readonly baseUrl: string;
  /** Milliseconds for one try. 10,000 unless told. */
  readonly timeoutMs?: number | undefined;
  /** Tries after the first. 2 unless told. */
  readonly retries?: number | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export interface CallOptions {
  /** Yours instead of one that is made for this call: give the same again to repeat a call across restarts. */
  readonly idempotencyKey?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Moves time for this call of a test key: `+601s`. */
  readonly testClock?: string | undefined;
}

/** Longest that a retry waits for `Retry-After`, in seconds; a longer one is handed to the caller. */
const MOST_PATIENCE_S = 5;

const sleep = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

function problem(status: number, code: string, title: string, requestId = ''): Problem {
  return { type: 'about:blank', title, status, code, request_id: requestId };
}

/** What may pass by itself. A 429 and a 409 only when the server says so soon; a 402 or 422 never does. */
function worthRetrying(error: Problem): boolean {
  if (error.status === 0 || error.code === 'request_in_progress') return true;
  if (error.status === 429 || error.status === 503) return (error.retry_after ?? 1) <= MOST_PATIENCE_S;
  return error.status >= 500 && error.status !== 501;
}

/**
 * One logical call: its tries carry the same Idempotency-Key, so that a retry after a lost answer neither sends nor
 * charges nor checks twice.
 */
export class Transport {
  constructor(private readonly options: TransportOptions) {}

  async call<T>(method: 'GET' | 'POST', path: string, body: unknown, call: CallOptions = {}): Promise<Result<T>> {
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.options.apiKey}`,
      accept: 'application/json',
    };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (call.testClock !== undefined) headers['test-clock'] = call.testClock;
    if (method === 'POST') headers['idempotency-key'] = call.idempotencyKey ?? crypto.randomUUID();
    const retries = this.options.retries ?? 2;
    for (let attempt = 0; ; attempt += 1) {
      const result = await this.once<T>(method, path, headers, body, call.signal);
      if (result.ok || attempt >= retries || call.signal?.aborted === true || !worthRetrying(result.error))
        return result;
      const backoff = 200 * 2 ** attempt * (0.5 + Math.random());
      await sleep(Math.max((result.error.retry_after ?? 0) * 1000, backoff), call.signal);
    }
  }

  private async once<T>(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: unknown,
    signal: AbortSignal | undefined,
  ): Promise<Result<T>> {
    const timeout = AbortSignal.timeout(this.options.timeoutMs ?? 10_000);
    try {
      const response = await (this.options.fetch ?? fetch)(new URL(path, this.options.baseUrl), {
        method,
        headers,
        redirect: 'error',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return await readAnswer<T>(response);
    } catch (error) {
      if (signal?.aborted === true) return { ok: false, error: problem(0, 'aborted', 'The call was aborted') };
      const why = error instanceof Error ? error.message : String(error);
      return {
        ok: false,
        error: problem(0, timeout.aborted ? 'timeout' : 'unreachable', `Tollgate could not be reached: ${why}`),
      };
    }
  }
}

async function readAnswer<T>(response: Response): Promise<Result<T>> {
  const requestId = response.headers.get('x-request-id') ?? '';
  const text = await response.text();
  const parsed: unknown = text === '' ? undefined : parse(text);
  if (response.ok && parsed !== INVALID) return { ok: true, data: parsed as T, requestId };
  const retryAfter = Number(response.headers.get('retry-after') ?? NaN);
  const fallback = problem(
    response.status,
    response.ok ? 'invalid_answer' : 'http_error',
    `Unexpected answer ${response.status}`,
    requestId,
  );
  const error = { ...fallback, ...(typeof parsed === 'object' && parsed !== null ? parsed : {}) };
  return { ok: false, error: Number.isFinite(retryAfter) ? { ...error, retry_after: retryAfter } : error };
}

const INVALID = Symbol('invalid');

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return INVALID;
  }
}
