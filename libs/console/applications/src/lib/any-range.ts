/** Whether a list of ranges opens to everybody, which the server wants said twice. */
export function holdsAnyRange(ranges: readonly string[]): boolean {
  return ranges.some((range) => range.trim().endsWith('/0'));
}
