import type * as z from 'zod';

interface Issue {
  readonly message: string;
  readonly path?: readonly PropertyKey[] | undefined;
}

/** A contract's schema, made fit for a form whose empty controls hold '' or null. */
export interface FormSchema<S extends z.ZodType> {
  /** The issues of a model, in words for people; empty when the body it makes is valid. */
  issues(model: unknown): readonly Issue[];
  /** The body that a model makes: blanks of optional members are left out, of nullable members become null. */
  toBody(model: unknown): z.output<S>;
}

/**
 * The one adapter between the contract and Signal Forms. A form cannot hold `undefined`, so an empty control is '' or
 * null; the contract has neither `.default()` nor `.transform()`, so what an empty control means is decided here.
 */
export function forForm<S extends z.ZodType>(schema: S): FormSchema<S> {
  return {
    issues: (model) => {
      const result = schema.safeParse(withoutBlanks(schema, model));
      if (result.success) return [];
      const first = new Map<string, Issue>();
      for (const issue of result.error.issues) {
        const key = issue.path.map(String).join('.');
        // One message a field: the first says enough.
        if (!first.has(key)) first.set(key, { message: saysOf(issue), path: issue.path });
      }
      return [...first.values()];
    },
    toBody: (model) => withoutBlanks(schema, model) as z.output<S>,
  };
}

interface SchemaShape {
  readonly shape?: Record<string, z.ZodType>;
  readonly element?: z.ZodType;
  unwrap?(): z.ZodType;
}

function peel(schema: z.ZodType): SchemaShape {
  let bare: SchemaShape = schema as SchemaShape;
  while (bare.shape === undefined && typeof bare.unwrap === 'function' && bare.element === undefined) {
    bare = bare.unwrap() as SchemaShape;
  }
  return bare;
}

function withoutBlanks(schema: z.ZodType, value: unknown): unknown {
  const { shape, element } = peel(schema);
  if (Array.isArray(value)) return element ? value.map((item) => withoutBlanks(element, item)) : value;
  if (value === null || typeof value !== 'object' || !shape) return value;
  const body: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    const inner = shape[key];
    if (!inner) {
      body[key] = member;
    } else if (member === '' || member === null || (typeof member === 'number' && Number.isNaN(member))) {
      if (inner.safeParse(member).success) body[key] = member;
      else if (inner.safeParse(null).success) body[key] = null;
      else if (!inner.safeParse(undefined).success && member === '') body[key] = '';
    } else {
      body[key] = withoutBlanks(inner, member);
    }
  }
  return body;
}

/** Words that say how to mend it. Messages that the contract wrote itself are kept. */
function saysOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return /received (undefined|null|nan)/i.test(issue.message)
        ? 'Fill this in'
        : issue.expected === 'int'
          ? 'Give a whole number'
          : `Give a ${issue.expected}`;
    case 'too_small':
      if (issue.origin === 'string')
        return Number(issue.minimum) <= 1 ? 'Fill this in' : `Give at least ${issue.minimum} characters`;
      if (issue.origin === 'array') return `Give at least ${issue.minimum}`;
      return `Give ${issue.minimum} or more`;
    case 'too_big':
      if (issue.origin === 'string') return `Give at most ${issue.maximum} characters`;
      if (issue.origin === 'array') return `Give at most ${issue.maximum}`;
      return `Give ${issue.maximum} or less`;
    case 'invalid_format':
      if (issue.format === 'email') return 'Give an address such as name@example.com';
      if (issue.format === 'url') return 'Give an address such as https://example.com';
      return issue.message.startsWith('Invalid') ? 'This does not have the right form' : sentence(issue.message);
    case 'invalid_value':
      return 'Choose one of these';
    case 'unrecognized_keys':
      return `Not known: ${issue.keys.join(', ')}`;
    default:
      return sentence(issue.message);
  }
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
