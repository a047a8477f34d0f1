import { DomainError } from '@tollgate/api/kernel';
import { rangeMatcher, readRange } from './address-ranges';

export interface AddressDecision {
  readonly allowed: boolean;
  readonly reason: 'mode_any' | 'range_matched' | 'no_range_matched' | 'no_ranges_listed';
  readonly range: string | null;
}

/**
 * Whether live keys of an application answer to an address. `listed` with no entry refuses everybody: an empty list
 * never means "no rule", and `any` is said in so many words. Test keys are not asked.
 */
export function addressAllowed(
  mode: 'any' | 'listed',
  ranges: readonly string[],
  address: string,
  match: (address: string) => string | null = rangeMatcher(ranges),
): AddressDecision {
  if (mode === 'any') return { allowed: true, reason: 'mode_any', range: null };
  if (ranges.length === 0) return { allowed: false, reason: 'no_ranges_listed', range: null };
  const range = match(address);
  return range === null
    ? { allowed: false, reason: 'no_range_matched', range: null }
    : { allowed: true, reason: 'range_matched', range };
}

/**
 * Ranges as somebody typed them, normalized, each once. Throws `invalid_address_range` with a hint for every entry
 * that is none, and for a range of every address that was not confirmed.
 */
export function normalizeRanges(
  texts: readonly string[],
  confirmedEverybody: boolean,
  param = 'allowed_addresses',
): string[] {
  const issues: { path: string; message: string }[] = [];
  const ranges = new Set<string>();
  texts.forEach((text, index) => {
    const read = readRange(text);
    const path = `${param}.${index}`;
    if (!read.ok) issues.push({ path, message: read.problem });
    else if (read.everybody && !confirmedEverybody) {
      issues.push({ path, message: `${read.range} is every address; send confirm_any_range: true if you mean it` });
    } else ranges.add(read.range);
  });
  const [first] = issues;
  if (first !== undefined) {
    throw new DomainError('invalid_address_range', { detail: first.message, param: first.path, issues });
  }
  return [...ranges];
}

/** Whether somebody who has a live key of it needs no particular address. Shown in red. */
export function openToAnyAddress(mode: 'any' | 'listed', ranges: readonly string[]): boolean {
  return mode === 'any' || ranges.some((range) => range.endsWith('/0'));
}
