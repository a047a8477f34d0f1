import type * as z from 'zod';

/** One environment variable: how it is read, and what its page of the documentation says. */
export interface Setting<T> {
  readonly variable: string;
  readonly group: string;
  /** One sentence: what it is for. */
  readonly doc: string;
  readonly example: string;
  /** As text, the way it would be written; undefined = it must be given, or is off. */
  readonly fallback?: string;
  /** What the table shows where the fallback depends on something. */
  readonly fallbackDoc?: string;
  readonly secret?: boolean;
  readonly schema: z.ZodType<T, string | undefined>;
}

export function setting<T>(definition: Setting<T>): Setting<T> {
  return definition;
}
