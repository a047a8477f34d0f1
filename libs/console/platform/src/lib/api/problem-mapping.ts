import { HttpErrorResponse } from '@angular/common/http';
import { Problem } from '@tollgate/console/ui';
import type { ProblemIssue } from '@tollgate/console/ui';

const NAMED = ['type', 'title', 'status', 'detail', 'instance', 'code', 'request_id', 'param', 'issues', 'retry_after'];

const TITLES: Readonly<Record<number, string>> = {
  401: 'You are signed out',
  403: 'You may not do this',
  404: 'There is no such thing, or it is not yours',
  409: 'This does not fit the present state',
  429: 'Too many requests',
  502: 'The server cannot be reached just now',
  503: 'The service cannot answer just now',
};

/** A failed HTTP call as a Problem; a body that is not problem+json (a proxy's page) gives its status alone. */
export function problemFrom(failure: unknown): unknown {
  if (!(failure instanceof HttpErrorResponse)) return failure;
  if (failure.status === 0) {
    return new Problem({ status: 0, code: 'network_error', title: 'The server cannot be reached' });
  }
  const body = parsed(failure.error);
  const text = (name: string) => (typeof body[name] === 'string' ? body[name] : undefined);
  const retryAfter = Number(body['retry_after'] ?? failure.headers.get('retry-after'));
  return new Problem({
    status: failure.status,
    code: text('code') ?? `http_${failure.status}`,
    title: text('title') ?? TITLES[failure.status] ?? 'Something went wrong on our side',
    detail: text('detail'),
    requestId: text('request_id') ?? failure.headers.get('x-request-id') ?? undefined,
    param: text('param'),
    retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
    issues: issuesOf(body['issues']),
    extra: Object.fromEntries(Object.entries(body).filter(([name]) => !NAMED.includes(name))),
  });
}

function parsed(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  if (typeof body !== 'string') return {};
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** `path` comes as members or as `settings.time_zone`; a `body` in front says where it stood, not which field. */
function issuesOf(value: unknown): readonly ProblemIssue[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((issue: unknown): ProblemIssue[] => {
    if (typeof issue !== 'object' || issue === null) return [];
    const { path, message } = issue as { path?: unknown; message?: unknown };
    if (typeof message !== 'string') return [];
    const members = Array.isArray(path)
      ? (path as (string | number)[])
      : typeof path === 'string'
        ? path.split('.')
        : [];
    return [{ path: members.filter((member) => member !== ''), message }];
  });
}
