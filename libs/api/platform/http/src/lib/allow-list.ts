import * as z from 'zod';

/** Copies the declared members of a value and nothing else. */
export type AllowList = (value: unknown) => unknown;

const asIs: AllowList = (value) => value;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function ofObject(schema: z.ZodObject): AllowList {
  const rest = schema.def.catchall;
  if (rest !== undefined && !(rest instanceof z.ZodNever)) return asIs;
  const members = Object.entries(schema.shape).map(([key, member]): [string, AllowList] => [
    key,
    allowListOf(member as z.ZodType),
  ]);
  return (value) => {
    if (!isRecord(value)) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, allow] of members) {
      const member = value[key];
      if (member !== undefined) copy[key] = allow === asIs ? member : allow(member);
    }
    return copy;
  };
}

function ofArray(element: AllowList): AllowList {
  return element === asIs ? asIs : (value) => (Array.isArray(value) ? value.map(element) : value);
}

function ofRecord(member: AllowList): AllowList {
  if (member === asIs) return asIs;
  return (value) =>
    isRecord(value) ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, member(each)])) : value;
}

/** The first option that takes the value once what it does not declare is left out. */
function ofUnion(schemas: readonly z.ZodType[]): AllowList {
  const options = schemas.map((schema) => ({ schema, allow: allowListOf(schema) }));
  if (options.every((option) => option.allow === asIs)) return asIs;
  return (value) => {
    if (!isRecord(value) && !Array.isArray(value)) return value;
    for (const { schema, allow } of options) {
      const copy = allow(value);
      if (schema.safeParse(copy).success) return copy;
    }
    throw new Error('the answer fits none of the declared alternatives');
  };
}

/**
 * Compiles a response schema to a copying function, once per declaration: in production nothing is validated on the
 * way out, but nothing that is not declared can leave either.
 */
export function allowListOf(schema: z.ZodType): AllowList {
  if (schema instanceof z.ZodObject) return ofObject(schema);
  if (schema instanceof z.ZodArray) return ofArray(allowListOf(schema.element as z.ZodType));
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodReadonly) {
    const inner = allowListOf(schema.unwrap() as z.ZodType);
    return inner === asIs ? asIs : (value) => (value === null || value === undefined ? value : inner(value));
  }
  if (schema instanceof z.ZodRecord) return ofRecord(allowListOf(schema.valueType as z.ZodType));
  if (schema instanceof z.ZodUnion) return ofUnion(schema.options as readonly z.ZodType[]);
  if (schema instanceof z.ZodLazy) {
    let inner: AllowList | null = null;
    return (value) => (inner ??= allowListOf(schema.unwrap() as z.ZodType))(value);
  }
  if (schema instanceof z.ZodIntersection || schema instanceof z.ZodTuple || schema instanceof z.ZodMap) {
    // None of these could be copied by its declared members, and passing them on whole would be a hole.
    throw new Error(`a response cannot use ${schema.def.type}; say it with an object, array or record`);
  }
  return asIs;
}
