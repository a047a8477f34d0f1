import { HttpException } from '@nestjs/common';
import { ERROR_CATALOGUE, statusOf } from '@tollgate/contracts';
import { DomainError } from '@tollgate/api/kernel';

/** What leaves for an error: RFC 9457. */
export interface Problem {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One limit that said no; becomes `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10). */
export interface ViolatedPolicy {
  /** `application`, `destination`: never anything personal. */
  readonly name: string;
  readonly limit: number;
  readonly window_s: number;
  /** Seconds until there is room again. */
  readonly reset_s: number;
}

const FASTIFY_CODES: Readonly<Record<string, DomainError>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: new DomainError('body_too_large'),
  FST_ERR_CTP_INVALID_MEDIA_TYPE: new DomainError('unsupported_media_type'),
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: new DomainError('malformed_request'),
  FST_ERR_BAD_URL: new DomainError('route_not_found'),
  FST_ERR_MAX_PARAM_LENGTH: new DomainError('route_not_found'),
};

/** What databases and their drivers say when they cannot serve just now, as against when we asked wrongly. */
const OVERLOADED = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'PROTOCOL_CONNECTION_LOST',
  'POOL_CLOSED',
  'POOL_ENQUEUELIMIT',
  'ER_CON_COUNT_ERROR',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_LOCK_DEADLOCK',
  'ER_SERVER_SHUTDOWN',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_DISK_FULL',
  'ER_QUERY_TIMEOUT',
  'ER_STATEMENT_TIMEOUT',
  'SQLITE_BUSY',
  'SQLITE_BUSY_SNAPSHOT',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
]);

interface CodedError {
  readonly code?: unknown;
  readonly driverError?: unknown;
  readonly cause?: unknown;
}

function isOverload(error: unknown): boolean {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    const { code, driverError, cause } = at as CodedError;
    if (typeof code === 'string' && (OVERLOADED.has(code) || code.startsWith('SQLITE_IOERR'))) return true;
    at = driverError ?? cause;
  }
  return false;
}

/** Nest's own exceptions: of its router, of passport, of a body that was too much. */
function ofHttpException(error: HttpException): DomainError {
  const status = error.getStatus();
  if (status === 401) return new DomainError('missing_credentials');
  if (status === 403) return new DomainError('permission_denied');
  if (status === 404) return new DomainError('route_not_found');
  if (status === 413) return new DomainError('body_too_large');
  if (status === 415) return new DomainError('unsupported_media_type');
  if (status === 503) return new DomainError('unavailable', { retryAfter: 1 }, error);
  return status < 500 ? new DomainError('malformed_request') : new DomainError('internal_error', {}, error);
}

/** Any error as one of the catalogue's. What is unknown becomes internal_error, with the cause for the log. */
export function domainErrorOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof HttpException) return ofHttpException(error);
  const { code } = (error ?? {}) as CodedError;
  const known = typeof code === 'string' ? FASTIFY_CODES[code] : undefined;
  if (known !== undefined) return known;
  if (isOverload(error)) return new DomainError('unavailable', { retryAfter: 1 }, error);
  return new DomainError('internal_error', {}, error);
}

function violatedPolicies(error: DomainError): readonly ViolatedPolicy[] {
  const found = error.details.extra?.['violated_policies'];
  if (!Array.isArray(found)) return [];
  return found.filter((policy): policy is ViolatedPolicy => {
    const { name, limit, window_s } = (policy ?? {}) as Partial<ViolatedPolicy>;
    return typeof name === 'string' && typeof limit === 'number' && typeof window_s === 'number';
  });
}

function headersOf(error: DomainError, status: number): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/problem+json; charset=utf-8' };
  const policies = violatedPolicies(error);
  const waits = [error.details.retryAfter ?? 0, ...policies.map((policy) => policy.reset_s)];
  const wait = Math.max(0, ...waits.filter(Number.isFinite));
  if (wait > 0) headers['retry-after'] = String(Math.ceil(wait));
  if (policies.length > 0) {
    const name = (policy: ViolatedPolicy): string => `"${policy.name.replaceAll(/[^a-z0-9_.-]/gi, '_')}"`;
    headers['ratelimit-policy'] = policies.map((each) => `${name(each)};q=${each.limit};w=${each.window_s}`).join(', ');
    headers['ratelimit'] = policies.map((each) => `${name(each)};r=0;t=${Math.ceil(each.reset_s)}`).join(', ');
  }
  if (status === 401) {
    const challenge = error.code === 'missing_credentials' ? '' : ', error="invalid_token"';
    headers['www-authenticate'] = `Bearer realm="tollgate"${challenge}`;
  }
  return headers;
}

/**
 * The problem document of an error. The text of a 5xx is the catalogue's title whatever the error said, so that no
 * SQL, path or stack leaves.
 */
export function problemOf(error: DomainError, requestId: string, docsUrl: string): Problem {
  const { code, details } = error;
  const status = statusOf(code);
  const { title } = ERROR_CATALOGUE[code];
  const headers = headersOf(error, status);
  const retryAfter = headers['retry-after'];
  return {
    status,
    headers,
    body: {
      type: `${docsUrl}#${code}`,
      title,
      status,
      detail: status >= 500 ? title : error.message,
      instance: `/v1/requests/${requestId}`,
      code,
      request_id: requestId,
      ...(details.param === undefined ? {} : { param: details.param }),
      ...(details.issues === undefined ? {} : { issues: details.issues }),
      ...(retryAfter === undefined ? {} : { retry_after: Number(retryAfter) }),
      ...details.extra,
    },
  };
}
