import { ERROR_CATALOGUE, type ErrorCode, type ErrorKind } from '@tollgate/contracts';

/** What a caller may read about an error, beside its code. */
export interface ErrorDetails {
  /** One sentence that says what to do. Replaces the catalogue's. */
  detail?: string;
  /** The parameter at fault, as a path: `code.length`. */
  param?: string;
  /** Each fault of a body that was not valid. */
  issues?: readonly { path: string; message: string }[];
  /** Seconds until it is worth trying again; also sent as `Retry-After`. */
  retryAfter?: number;
  /** Further public members, snake_case: `balance`, `required`, `violated_policies`. */
  extra?: Readonly<Record<string, unknown>>;
}

/**
 * The only error that domain code throws. The catalogue in the contracts gives its kind, status and title; one
 * filter turns it into a problem document. `cause` is for the log alone.
 */
export class DomainError extends Error {
  readonly kind: ErrorKind;

  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    cause?: unknown,
  ) {
    super(details.detail ?? ERROR_CATALOGUE[code].title, cause === undefined ? undefined : { cause });
    this.name = 'DomainError';
    this.kind = ERROR_CATALOGUE[code].kind;
  }
}
