/** One call of the lab as it went over the wire; the key is never kept. */
export interface Exchange {
  readonly id: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly request: unknown;
  readonly status: number;
  readonly tookMs: number;
  readonly response: unknown;
}

let made = 0;

/**
 * Calls the API with an API key as an application would: no session cookie, no console in between. The key lives in
 * the closure of one page and is gone with it.
 */
export async function callWithKey(
  key: string,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<Exchange> {
  const began = performance.now();
  const at = Date.now();
  const answer = await fetch(path, {
    method,
    credentials: 'omit',
    cache: 'no-store',
    headers: {
      Authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(method === 'POST' ? { 'Idempotency-Key': crypto.randomUUID() } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return {
    id: (made += 1),
    at,
    method,
    path,
    request: body ?? null,
    status: answer.status,
    tookMs: Math.round(performance.now() - began),
    response: text === '' ? null : (JSON.parse(text) as unknown),
  };
}
