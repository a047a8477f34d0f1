import { DomainError } from '@tollgate/api/kernel';
import type { FastifyRequest } from 'fastify';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/** The origins that count as this installation's own: the public one, and on loopback its other spellings. */
export function ownOrigins(publicUrl: string): ReadonlySet<string> {
  const url = new URL(publicUrl);
  const origins = new Set([url.origin]);
  if (LOOPBACK.includes(url.hostname)) {
    for (const host of LOOPBACK) origins.add(`${url.protocol}//${host}${url.port === '' ? '' : `:${url.port}`}`);
  }
  return origins;
}

/**
 * Cross-site request forgery: an unsafe call that a browser's cookie authenticates must come from our own pages, and
 * browsers say so with `Origin` on every such call. Cookies are SameSite besides; either alone would do.
 */
export function assertOwnOrigin(request: FastifyRequest, own: ReadonlySet<string>): void {
  if (SAFE.has(request.method)) return;
  const { origin } = request.headers;
  if (origin === undefined || !own.has(origin)) throw new DomainError('origin_not_allowed');
}

/**
 * For pages and hooks, which take posts without a session: a browser that posts from elsewhere is refused (login
 * CSRF), a provider, which sends neither Origin nor cookies, is not.
 */
export function assertNotForeign(request: FastifyRequest, own: ReadonlySet<string>): void {
  if (SAFE.has(request.method)) return;
  const { origin, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const fine = origin === undefined ? site === undefined && cookie === undefined : own.has(origin);
  if (!fine) throw new DomainError('origin_not_allowed');
}
