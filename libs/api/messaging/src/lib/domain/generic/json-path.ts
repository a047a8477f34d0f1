/** Where in an answer a value stands: `$`, `.name`, `["name"]`, `[0]`. No wildcards, filters or recursion. */
const STEP = /^(?:\.([A-Za-z_][\w-]*)|\[(\d{1,4})\]|\["([^"\\]{1,80})"\]|\['([^'\\]{1,80})'\])/;

export type JsonPath = readonly (string | number)[];

/** Null when the text is not such a path. */
export function parseJsonPath(text: string): JsonPath | null {
  if (!text.startsWith('$') || text.length > 200) return null;
  const steps: (string | number)[] = [];
  let rest = text.slice(1);
  while (rest !== '') {
    const match = STEP.exec(rest);
    if (match === null) return null;
    steps.push(match[2] === undefined ? (match[1] ?? match[3] ?? match[4] ?? '') : Number(match[2]));
    rest = rest.slice(match[0].length);
  }
  return steps;
}

/** The value there, or undefined. Own members only. */
export function readJsonPath(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const step of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, step)) return undefined;
    current = (current as Record<string | number, unknown>)[step];
  }
  return current;
}

/** A scalar as text, for comparison with what staff wrote; null for anything else. */
export function scalarText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
