import * as z from 'zod';

/** RFC 3339, UTC, milliseconds. */
export const instant = () => z.iso.datetime({ precision: 3 }).meta({ description: 'RFC 3339 UTC with milliseconds' });

/** Integer milli-credits: 1000 is one credit. */
export const milliCredits = () => z.int().meta({ description: 'Integer milli-credits; 1000 = one credit' });

/** An id with its type prefix. */
export const id = (prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[0-9A-HJKMNP-TV-Z]{26}$`), `must be an id that starts with ${prefix}_`)
    .meta({ description: `Id: ${prefix}_ and a ULID` });

/** A short text for people: trimmed, no control characters. */
export const label = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .regex(/^(?!\s)[^\p{Cc}\p{Cs}]*(?<!\s)$/u, 'must not start or end with a space or hold control characters');

/** `true` or `false` in a query string. */
export const flag = () => z.enum(['true', 'false']);

/** ISO 3166-1 alpha-2. */
export const country = () => z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as ZA');

/** Query members of every list. `sort` names a declared field, `-field` for descending. */
export const listQuery = <const S extends readonly [string, ...string[]], F extends z.ZodRawShape>(
  sort: S,
  filters: F,
) =>
  z.strictObject({
    limit: z.coerce.number().int().min(1).max(200).optional().meta({ description: 'Rows a page; 50 unless told' }),
    cursor: z.string().max(500).optional().meta({ description: 'next_cursor of the page before' }),
    sort: z.enum(sort).optional(),
    ...filters,
  });

/** A page of a list. `total_estimate` is exact up to 10,000 and null above. */
export const page = <T extends z.ZodType>(row: T) =>
  z.strictObject({ data: z.array(row), next_cursor: z.string().nullable(), total_estimate: z.int().nullable() });

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
  total_estimate: number | null;
}
