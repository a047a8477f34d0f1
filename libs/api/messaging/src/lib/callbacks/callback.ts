/** What a provider posted, as it came: signatures cover the bytes and the address. */
export interface Callback {
  /** The token of the address. */
  readonly token: string;
  /** Path and query. */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly rawBody: Buffer;
  form(): Readonly<Record<string, string>>;
  json(): unknown;
}

export function headerOf(callback: Callback, name: string): string {
  const value = callback.headers[name];
  return typeof value === 'string' ? value : '';
}

/** A member that is text, within what columns hold; null for anything else. */
export function textOf(value: unknown, max = 120): string | null {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= max ? value : null;
}
