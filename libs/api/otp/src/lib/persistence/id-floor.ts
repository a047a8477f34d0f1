import { newId, type IdPrefix } from '@tollgate/api/kernel';

/** What every id made at or after the instant is not below: ids begin with their time, so ranges of time are ranges of ids. */
export function idFloor(prefix: IdPrefix, atMs: number): string {
  return newId(prefix, Math.max(0, atMs)).slice(0, prefix.length + 1 + 10);
}
