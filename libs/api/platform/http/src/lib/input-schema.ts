import type { EndpointDeclaration } from '@tollgate/contracts';
import * as z from 'zod';

/** What came, before anything is believed. `undefined` body = none was sent. */
export interface RawInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly headers: unknown;
  readonly body: unknown;
}

export interface CheckedInput {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** Where a fault is, beside what it is: a bad path parameter reads as not found, the rest as validation_failed. */
export interface InputIssue {
  readonly part: 'params' | 'query' | 'headers' | 'body';
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A Standard Schema (https://standardschema.dev) over all parts of a request at once. */
export interface InputSchema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'tollgate';
    readonly validate: (
      value: unknown,
    ) => { readonly value: CheckedInput } | { readonly issues: readonly InputIssue[] };
  };
}

const NOTHING = z.strictObject({});
const EMPTY: Readonly<Record<string, never>> = Object.freeze({});

function issuesOf(part: InputIssue['part'], error: z.ZodError): InputIssue[] {
  return error.issues.flatMap((issue): InputIssue[] => {
    if (issue.code !== 'unrecognized_keys') return [{ part, path: issue.path, message: issue.message }];
    return issue.keys.map((key) => ({ part, path: [...issue.path, key], message: 'is not known here' }));
  });
}

/**
 * Compiles the parts of a declaration. A part that declares nothing takes nothing: an unknown query member is refused
 * on every endpoint, and a body on one that takes none unless it is `{}`.
 */
export function inputSchemaOf(declaration: EndpointDeclaration): InputSchema {
  const { params, headers, body } = declaration;
  const query = declaration.query ?? NOTHING;

  const validate = (value: unknown): { value: CheckedInput } | { issues: InputIssue[] } => {
    const raw = value as RawInput;
    const issues: InputIssue[] = [];
    const take = (part: InputIssue['part'], schema: z.ZodType, data: unknown): unknown => {
      const result = schema.safeParse(data);
      if (result.success) return result.data;
      issues.push(...issuesOf(part, result.error));
      return undefined;
    };
    const checked = {
      params: params === undefined ? (raw.params ?? EMPTY) : take('params', params, raw.params),
      query: take('query', query, raw.query),
      body: body === undefined ? undefined : take('body', body, raw.body),
    };
    if (body === undefined && raw.body !== undefined) take('body', NOTHING, raw.body);
    if (headers !== undefined) take('headers', headers, raw.headers);
    return issues.length > 0 ? { issues } : { value: checked };
  };
  return { '~standard': { version: 1, vendor: 'tollgate', validate } };
}
