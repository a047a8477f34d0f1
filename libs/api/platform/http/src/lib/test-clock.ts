import { DomainError, type Principal } from '@tollgate/api/kernel';

const MAX_SHIFT_S = 86_400;

/**
 * How far `Test-Clock: +601s` moves the time of this request, in ms: forward only, at most 24 h, test keys only.
 * @throws DomainError invalid_test_clock
 */
export function clockShiftOf(header: string | string[] | undefined, principal: Principal): number {
  if (header === undefined) return 0;
  const seconds = typeof header === 'string' ? Number(/^\+([1-9]\d{0,4})s$/.exec(header)?.[1] ?? NaN) : NaN;
  if (principal.test !== true || !(seconds <= MAX_SHIFT_S)) {
    throw new DomainError('invalid_test_clock', { param: 'Test-Clock' });
  }
  return seconds * 1000;
}
