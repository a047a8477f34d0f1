import { computed, signal } from '@angular/core';
import type { Signal } from '@angular/core';

/** Changes to a set of stored rows that are not sent yet, by the row's key. */
export interface Edits<Row, Change extends object> {
  readonly changed: Signal<readonly (readonly [string, Change])[]>;
  /** The row as it would be. */
  of(row: Row): Row & Change;
  change(row: Row, change: Change): void;
  clear(): void;
}

/** Edits beside what is stored: a value that is put back is no change. */
export function edits<Row extends object, Change extends Partial<Row>>(
  keyOf: (row: Row) => string,
): Edits<Row, Change> {
  const made = signal<ReadonlyMap<string, Change>>(new Map());
  return {
    changed: computed(() => [...made()]),
    of: (row) => ({ ...row, ...(made().get(keyOf(row)) ?? {}) }) as Row & Change,
    change: (row, change) =>
      made.update((before) => {
        const key = keyOf(row);
        const after = { ...(before.get(key) ?? {}), ...change } as Record<string, unknown>;
        const kept = Object.fromEntries(
          Object.entries(after).filter(
            ([name, value]) => JSON.stringify(value) !== JSON.stringify(row[name as keyof Row]),
          ),
        );
        const next = new Map(before);
        if (Object.keys(kept).length === 0) next.delete(key);
        else next.set(key, kept as Change);
        return next;
      }),
    clear: () => made.set(new Map()),
  };
}
