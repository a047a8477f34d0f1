import type { EndpointDeclaration } from '@tollgate/contracts';
import type * as z from 'zod';
import { allowListOf, type AllowList } from './allow-list';

/** Headers of an answer; several values for `set-cookie`. */
export type ReplyHeaders = Readonly<Record<string, string | string[]>>;

/** An answer of a handler that has more than one 2xx status, or headers of its own. */
export class Reply<B = unknown> {
  constructor(
    readonly status: number,
    readonly body: B,
    readonly headers: ReplyHeaders = {},
  ) {}
}

/**
 * An answer with this status, which the endpoint must declare.
 * @example return reply(created ? 201 : 200, view);
 */
export function reply<B>(status: number, body: B, headers?: ReplyHeaders): Reply<B> {
  return new Reply(status, body, headers);
}

interface DeclaredAnswer {
  readonly schema: z.ZodType | null;
  readonly allow: AllowList | null;
}

/** The declared answers of an endpoint. */
export interface AnswerSchemas {
  /** The 2xx that a plain return value gets: the only one, or the lowest. */
  readonly status: number;
  readonly byStatus: ReadonlyMap<number, DeclaredAnswer>;
  /** Media type of an answer that is not JSON. */
  readonly produces: string | null;
}

export function answerOf(declaration: EndpointDeclaration): AnswerSchemas {
  const entries = Object.entries(declaration.responses).map(([status, schema]): [number, DeclaredAnswer] => [
    Number(status),
    { schema, allow: schema === null ? null : allowListOf(schema) },
  ]);
  const statuses = entries.map(([status]) => status).filter((status) => status >= 200 && status < 400);
  if (statuses.length === 0) throw new Error(`${declaration.id} declares no answer`);
  return {
    status: Math.min(...statuses),
    byStatus: new Map(entries),
    produces: declaration.produces ?? null,
  };
}

export interface ReadyAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: ReplyHeaders;
}

const NO_HEADERS: ReplyHeaders = Object.freeze({});

/**
 * What leaves: the declared members of the declared status and nothing else. `strict` (tests) refuses what the schema
 * does not say; otherwise what is not declared is left out, so that a slip in a repository never becomes a leak.
 * @throws Error for an undeclared status: a bug, answered as internal_error.
 */
export function readyAnswer(answers: AnswerSchemas, result: unknown, strict: boolean): ReadyAnswer {
  const explicit = result instanceof Reply ? result : null;
  const status = explicit?.status ?? answers.status;
  const headers = explicit?.headers ?? NO_HEADERS;
  const body: unknown = explicit === null ? result : explicit.body;
  const declared = answers.byStatus.get(status);
  if (declared === undefined) throw new Error(`the answer ${status} is not declared`);
  if (answers.produces !== null) return { status, headers, body };
  if (declared.schema === null || declared.allow === null) return { status, headers, body: undefined };
  if (strict) {
    const checked = declared.schema.safeParse(body);
    if (!checked.success) throw new Error(`the answer ${status} is not as declared: ${checked.error.message}`);
  }
  return { status, headers, body: declared.allow(body) };
}

/**
 * The answer that the result of a unit of work makes, cut to what is declared, or null when it is none: then the unit
 * was not the one that the call is about.
 */
export function fittingAnswer(
  answers: AnswerSchemas,
  shape: (result: unknown) => unknown,
  result: unknown,
): ReadyAnswer | null {
  try {
    const answer = readyAnswer(answers, shape(result), false);
    const schema = answers.byStatus.get(answer.status)?.schema;
    return schema === null || schema?.safeParse(answer.body).success === true ? answer : null;
  } catch {
    return null;
  }
}
