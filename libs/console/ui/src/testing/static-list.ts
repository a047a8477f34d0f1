import { signal } from '@angular/core';
import type { WritableSignal } from '@angular/core';
import { ListState } from '../index';
import type { Filter, ListSource, ListStateOptions, Problem } from '../index';

export interface StaticList<Row> extends ListSource<Row> {
  readonly rows: WritableSignal<readonly Row[] | undefined>;
  readonly nextCursor: WritableSignal<string | null>;
  readonly total: WritableSignal<number | null>;
  readonly loading: WritableSignal<boolean>;
  readonly problem: WritableSignal<Problem | undefined>;
  reloads: number;
}

/** A list whose every part a spec sets by hand. Call it in an injection context. */
export function staticList<Row>(
  rows: readonly Row[] | undefined,
  options: ListStateOptions & { readonly filters?: readonly Filter[]; readonly searchable?: boolean } = {},
): StaticList<Row> {
  return {
    state: new ListState(options),
    filters: options.filters ?? [],
    searchable: options.searchable ?? true,
    rows: signal(rows),
    nextCursor: signal<string | null>(null),
    total: signal<number | null>(rows?.length ?? 0),
    loading: signal(false),
    problem: signal<Problem | undefined>(undefined),
    reloads: 0,
    reload() {
      this.reloads += 1;
    },
  };
}
