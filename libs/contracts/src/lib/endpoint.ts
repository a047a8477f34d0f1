import * as z from 'zod';
import type { ErrorCode } from './errors';
import type { Permission } from './permissions';

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Who may call: a permission, `self` for anybody signed in, or nobody in particular, with the reason. */
export type Access = Permission | 'self' | { readonly public: string };

/**
 * One endpoint, declared once. The Nest route, its validation and its allow-listed response, the OpenAPI document,
 * the typed clients and the console's forms all come from this object.
 */
export interface EndpointDeclaration {
  /** `verifications.start`: the operation id everywhere. */
  readonly id: string;
  readonly method: Method;
  /** With `:name` for parameters: `/v1/verifications/:id`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: z.ZodObject;
  readonly body?: z.ZodType;
  /** By status. `null` = no body. */
  readonly responses: Readonly<Record<number, z.ZodType | null>>;
  /** Codes beyond those that every endpoint of its kind may answer with. */
  readonly errors?: readonly ErrorCode[];
  /** Whether `Idempotency-Key` is honoured, and whether it is demanded. */
  readonly idempotency?: 'optional' | 'required';
  /** Needs a sign-in younger than 10 minutes. */
  readonly stepUp?: boolean;
  /** Members of the answer that hold a secret: left out of a replay. */
  readonly secrets?: readonly string[];
  /** For an answer that is not JSON. */
  readonly produces?: string;
}

/** Declares an endpoint; the identity function, for its types. */
export function endpoint<const D extends EndpointDeclaration>(declaration: D): D {
  return declaration;
}

type Infer<S> = S extends z.ZodType ? z.infer<S> : Record<string, never>;

/** What a handler gets: parsed parameters, query and body. */
export interface InputOf<D extends EndpointDeclaration> {
  readonly params: Infer<D['params']>;
  readonly query: Infer<D['query']>;
  readonly body: D['body'] extends z.ZodType ? z.infer<D['body']> : undefined;
}

/** The body of the answer: the union over the declared statuses. */
export type ResultOf<D extends EndpointDeclaration> = {
  [S in keyof D['responses']]: D['responses'][S] extends z.ZodType ? z.infer<D['responses'][S]> : undefined;
}[keyof D['responses']];
