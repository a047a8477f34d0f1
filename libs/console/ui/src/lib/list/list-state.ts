import { computed, inject, signal } from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { ActivatedRoute, Router, convertToParamMap } from '@angular/router';
import type { Params } from '@angular/router';

export const PAGE_SIZES = [25, 50, 100, 200] as const;

export interface ListStateOptions {
  /** Prefix of the members in the URL, for a second list on one page: `keys` gives `keys.q`, `keys.f.status`. */
  readonly key?: string;
  /** `-created_at`: what the list is sorted by before anybody chooses. */
  readonly sort?: string;
  readonly size?: number;
  /** False keeps the state in memory: for lists in dialogs and sheets. */
  readonly url?: boolean;
}

/** What may change at once; `null` or '' removes. */
export interface ListChange {
  q?: string | null;
  filters?: Readonly<Record<string, string | null>>;
  sort?: string | null;
  size?: number | null;
  columns?: readonly string[] | null;
  open?: string | null;
}

/**
 * The state of one list, kept in the URL so that a copied address shows the same rows, and back and forward restore
 * them: `?q=ann&f.status=active,pending&sort=-created_at&size=50&after=…&page=2&cols=name,status&open=app_…`.
 * Empty values are never written. Any change of what is asked for starts again at the first page.
 */
export class ListState {
  private readonly router = inject(Router, { optional: true });
  private readonly route = inject(ActivatedRoute, { optional: true });
  private readonly inUrl: boolean;
  private readonly memory = signal<Params>({});
  private readonly prefix: string;
  private readonly params;
  /** Cursor by page, of the pages seen with the present question. */
  private readonly cursors = new Map<number, string | null>([[1, null]]);

  constructor(private readonly options: ListStateOptions = {}) {
    this.inUrl = options.url !== false && this.router !== null && this.route !== null;
    this.prefix = options.key ? `${options.key}.` : '';
    const route = this.route;
    const fromUrl =
      this.inUrl && route ? toSignal(route.queryParamMap, { initialValue: route.snapshot.queryParamMap }) : null;
    this.params = computed(() => (fromUrl ? fromUrl() : convertToParamMap(this.memory())));
  }

  readonly q = computed(() => this.read('q') ?? '');
  readonly sort = computed(() => this.read('sort') ?? this.options.sort ?? null);
  readonly size = computed(() => {
    const size = Number(this.read('size'));
    return (PAGE_SIZES as readonly number[]).includes(size) ? size : (this.options.size ?? 50);
  });
  readonly after = computed(() => this.read('after'));
  readonly page = computed(() => (this.after() ? Math.max(2, Number(this.read('page')) || 2) : 1));
  readonly columns = computed(() => this.read('cols')?.split(',').filter(Boolean) ?? null);
  readonly open = computed(() => this.read('open'));
  /** Chosen filters by id; `f.` of the URL. */
  readonly filters = computed(
    () => {
      const start = `${this.prefix}f.`;
      const found: Record<string, string> = {};
      for (const key of this.params().keys) {
        const value = key.startsWith(start) ? this.params().get(key) : null;
        if (value) found[key.slice(start.length)] = value;
      }
      return found as Readonly<Record<string, string>>;
    },
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  readonly isFiltered = computed(() => this.q() !== '' || Object.keys(this.filters()).length > 0);

  change(change: ListChange): void {
    const write: Params = {};
    if ('q' in change) write['q'] = change.q || null;
    if ('sort' in change) write['sort'] = change.sort === this.options.sort ? null : change.sort || null;
    if ('size' in change) write['size'] = change.size === (this.options.size ?? 50) ? null : change.size;
    for (const [id, value] of Object.entries(change.filters ?? {})) write[`f.${id}`] = value || null;
    if (Object.keys(write).length > 0) {
      this.cursors.clear();
      this.cursors.set(1, null);
      Object.assign(write, { after: null, page: null });
    }
    if ('columns' in change) write['cols'] = change.columns?.join(',') || null;
    if ('open' in change) write['open'] = change.open || null;
    this.write(write, 'q' in change);
  }

  clearFilters(): void {
    this.change({ q: null, filters: Object.fromEntries(Object.keys(this.filters()).map((id) => [id, null])) });
  }

  next(cursor: string): void {
    this.cursors.set(this.page(), this.after());
    this.cursors.set(this.page() + 1, cursor);
    this.write({ after: cursor, page: this.page() + 1 });
  }

  /** The page before; the first one when the way here is not known (an address opened in the middle). */
  previous(): void {
    const page = this.page() - 1;
    const cursor = this.cursors.get(page);
    this.write(cursor ? { after: cursor, page } : { after: null, page: null });
  }

  private read(name: string): string | null {
    return this.params().get(this.prefix + name) || null;
  }

  private write(members: Params, replace = false): void {
    const prefixed = Object.fromEntries(Object.entries(members).map(([name, value]) => [this.prefix + name, value]));
    if (this.inUrl && this.router && this.route) {
      void this.router.navigate([], {
        relativeTo: this.route,
        queryParams: prefixed,
        queryParamsHandling: 'merge',
        replaceUrl: replace,
        // The page stays where it is: only the rows change.
        scroll: 'manual',
      });
      return;
    }
    this.memory.update((memory) => {
      const merged = { ...memory, ...prefixed };
      return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined));
    });
  }
}
