import { httpResource } from '@angular/common/http';
import { computed, inject, linkedSignal, untracked } from '@angular/core';
import type { Signal } from '@angular/core';
import { toProblem } from '@tollgate/console/ui';
import type { Source } from '@tollgate/console/ui';
import type { EndpointDeclaration } from '@tollgate/contracts';
import { ActiveScope } from '../session/scope';
import { Api } from './api';
import { ORGANIZATION_HEADER } from './api-interceptor';
import type { CallInput, ResultOf } from './endpoint-ref';

/** What the server last answered; the value before stays while another is on its way. */
export interface ApiResource<T> extends Source<T> {
  /** True once there is a value and nothing is on its way. */
  readonly settled: Signal<boolean>;
  /** Replaces the value in place, after a change whose answer is known. Gone with the next read. */
  set(value: T): void;
}

/**
 * Reads an endpoint whenever what `input` reads changes; `undefined` reads nothing yet. Call it in an injection context,
 * in something that does not outlive its scope (every page); else let `input` read `ActiveScope.organizationId()`.
 *
 *     protected readonly organization = apiResource(getOrganization, () => ({ params: { id: this.id() } }));
 */
export function apiResource<E extends EndpointDeclaration>(
  endpoint: E,
  input: () => CallInput<E> | undefined = () => ({}) as CallInput<E>,
): ApiResource<ResultOf<E>> {
  const api = inject(Api);
  const scope = inject(ActiveScope);
  const resource = httpResource<ResultOf<E>>(() => {
    const given = input();
    if (given === undefined) return undefined;
    // Untracked: a page does not outlive its scope, and must not ask once more on the way out.
    const organization = (given as CallInput<EndpointDeclaration>).organization ?? untracked(scope.header);
    return { url: api.urlOf(endpoint, given), headers: organization ? { [ORGANIZATION_HEADER]: organization } : {} };
  });
  // While parameters change the resource forgets its value, and its value() throws after a failure: keep the last one.
  const kept = linkedSignal<{ status: string; value: ResultOf<E> | undefined }, ResultOf<E> | undefined>({
    source: () => ({
      status: resource.status(),
      value: resource.hasValue() ? (resource.value() as ResultOf<E>) : undefined,
    }),
    computation: ({ status, value }, previous) => value ?? (status === 'idle' ? undefined : previous?.value),
  });
  const problem = computed(() => (resource.status() === 'error' ? toProblem(resource.error()) : undefined));
  return {
    value: kept.asReadonly(),
    loading: resource.isLoading,
    settled: computed(() => resource.hasValue() && !resource.isLoading()),
    problem,
    reload: () => void resource.reload(),
    set: (value) => resource.set(value),
  };
}
