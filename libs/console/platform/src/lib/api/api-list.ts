import { computed, inject } from '@angular/core';
import { ListState, TIME_ZONE, filterQuery } from '@tollgate/console/ui';
import type { Filter, ListSource, ListStateOptions } from '@tollgate/console/ui';
import type { EndpointDeclaration, Page } from '@tollgate/contracts';
import type * as z from 'zod';
import { apiResource } from './api-resource';
import type { CallInput, ResultOf } from './endpoint-ref';

type RowOf<E extends EndpointDeclaration> = ResultOf<E> extends { data: (infer Row)[] } ? Row : never;
type QueryOf<E extends EndpointDeclaration> = E['query'] extends z.ZodType ? Partial<z.output<E['query']>> : never;
type SortOf<E extends EndpointDeclaration> =
  QueryOf<E> extends { sort?: infer S } ? Exclude<S, undefined> & string : string;

export interface ApiListOptions<E extends EndpointDeclaration> extends Omit<ListStateOptions, 'sort'> {
  readonly sort?: SortOf<E>;
  readonly filters?: readonly Filter[];
  /** Free text goes to the endpoint's `q`. */
  readonly search?: boolean;
  /** Parameters of the path; undefined reads nothing yet. */
  readonly params?: () => CallInput<E>['params'];
  /** Fixed members of the query, beside what the filters say. */
  readonly query?: () => QueryOf<E>;
  /** The organization whose rows are meant, where the scope of the page spans all of them. */
  readonly organization?: () => string | undefined;
}

export interface ApiList<Row> extends ListSource<Row> {
  /** The present question without page and size: what an export of these rows takes. */
  readonly question: () => Record<string, string>;
}

/**
 * A list of the API with its state in the URL, for `tg-data-table`. Call it in an injection context.
 *
 *     protected readonly list = apiList(listApplications, { sort: '-created_at', search: true, filters: [...] });
 */
export function apiList<E extends EndpointDeclaration>(
  endpoint: E,
  options: ApiListOptions<E> = {},
): ApiList<RowOf<E>> {
  const state = new ListState(options);
  const filters = options.filters ?? [];
  const zone = inject(TIME_ZONE);
  const question = computed(
    () => ({
      ...filterQuery(filters, state.filters(), zone()),
      ...((options.query?.() ?? {}) as Record<string, string>),
      ...(options.search && state.q() ? { q: state.q() } : {}),
    }),
    { equal: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  );
  const resource = apiResource(endpoint, () => {
    const params = options.params?.();
    if (options.params && params === undefined) return undefined;
    const query = {
      ...question(),
      limit: state.size(),
      cursor: state.after() ?? undefined,
      sort: state.sort() ?? undefined,
    };
    return { params, query, organization: options.organization?.() } as unknown as CallInput<E>;
  });
  const page = computed(() => resource.value() as Page<RowOf<E>> | undefined);
  return {
    state,
    filters,
    searchable: options.search ?? false,
    rows: computed(() => page()?.data),
    nextCursor: computed(() => page()?.next_cursor ?? null),
    total: computed(() => page()?.total_estimate ?? null),
    loading: resource.loading,
    problem: resource.problem,
    reload: () => resource.reload(),
    question,
  };
}
