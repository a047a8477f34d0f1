import type { Callback } from '../lib/callbacks/callback';

/** A call of a vendor, before it is sent. */
export interface Posted {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** As the HTTP platform hands it over. */
export function received({ url, headers, body }: Posted): Callback {
  const { pathname, search, searchParams } = new URL(url);
  return {
    token: pathname.split('/').at(-1) ?? '',
    url: `${pathname}${search}`,
    query: Object.fromEntries(searchParams),
    headers,
    rawBody: Buffer.from(body),
    form: () => Object.fromEntries(new URLSearchParams(body)),
    json: () => JSON.parse(body) as unknown,
  };
}
