/** One member of a request that the server refused: `path` as in `['body', 'name']` or `['name']`. */
export interface ProblemIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What an `application/problem+json` body (RFC 9457) says, and what the network says when there is none. */
export interface ProblemDetails {
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  /** Flat snake_case of the error catalogue; `network_error` when no answer came. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string | undefined;
  readonly requestId?: string | undefined;
  readonly param?: string | undefined;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
  readonly issues?: readonly ProblemIssue[] | undefined;
  /** Everything else the answer carried: `balance`, `violated_policies` … */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
}

/** Every failed call of the console ends as one of these, whatever layer it failed in. */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string | undefined;
  readonly requestId: string | undefined;
  readonly param: string | undefined;
  readonly retryAfter: number | undefined;
  readonly issues: readonly ProblemIssue[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(details: ProblemDetails) {
    super(details.detail ?? details.title);
    this.name = 'Problem';
    this.status = details.status;
    this.code = details.code;
    this.title = details.title;
    this.detail = details.detail;
    this.requestId = details.requestId;
    this.param = details.param;
    this.retryAfter = details.retryAfter;
    this.issues = details.issues ?? [];
    this.extra = details.extra ?? {};
  }

  get isForbidden(): boolean {
    return this.status === 403;
  }
  get isNotFound(): boolean {
    return this.status === 404;
  }
  /** Somebody else changed the thing meanwhile. */
  get isVersionConflict(): boolean {
    return this.code === 'version_conflict';
  }
  /** No answer at all: the line, not the server. */
  get isOffline(): boolean {
    return this.status === 0;
  }
}

/** Any thrown thing as a Problem, so that a panel always has something to say. */
export function toProblem(failure: unknown): Problem {
  if (failure instanceof Problem) return failure;
  const cause = failure instanceof Error ? failure.cause : undefined;
  if (cause instanceof Problem) return cause;
  return new Problem({
    status: -1,
    code: 'console_error',
    title: 'This part of the page failed',
    detail: failure instanceof Error ? failure.message : String(failure),
  });
}
