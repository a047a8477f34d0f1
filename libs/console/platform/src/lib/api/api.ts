import { HttpClient, HttpHeaders } from '@angular/common/http';
import { Service, inject } from '@angular/core';
import type { EndpointDeclaration } from '@tollgate/contracts';
import { firstValueFrom } from 'rxjs';
import { Mode } from '../session/mode';
import { ORGANIZATION_HEADER } from './api-interceptor';
import { urlOf } from './endpoint-ref';
import type { CallInput, ResultOf } from './endpoint-ref';

/** A fresh Idempotency-Key. */
export const newIdempotencyKey = (): string => crypto.randomUUID();

/**
 * Calls the native API by its contract. Failures are `Problem`s (from `@tollgate/console/ui`), for every status and for
 * no answer at all. A lost session, a needed step-up and the chosen organization are handled underneath.
 */
@Service()
export class Api {
  private readonly http = inject(HttpClient);
  private readonly mode = inject(Mode);

  async call<E extends EndpointDeclaration>(
    endpoint: E,
    input: CallInput<E> = {} as CallInput<E>,
  ): Promise<ResultOf<E>> {
    const { params, query, body, idempotencyKey, organization } = input as CallInput<EndpointDeclaration>;
    let headers = new HttpHeaders();
    if (endpoint.idempotency) headers = headers.set('Idempotency-Key', idempotencyKey ?? newIdempotencyKey());
    if (organization) headers = headers.set(ORGANIZATION_HEADER, organization);
    return firstValueFrom(
      this.http.request<ResultOf<E>>(endpoint.method, urlOf(endpoint.path, params, this.withMode(endpoint, query)), {
        headers,
        ...(body === undefined ? {} : { body }),
      }),
    );
  }

  /** The address of a read, with the test mode in it when the endpoint takes it. */
  urlOf<E extends EndpointDeclaration>(endpoint: E, input: CallInput<E> = {} as CallInput<E>): string {
    const { params, query } = input as CallInput<EndpointDeclaration>;
    return urlOf(endpoint.path, params, this.withMode(endpoint, query));
  }

  private withMode(endpoint: EndpointDeclaration, query: unknown): unknown {
    const knows = endpoint.query?.shape !== undefined && 'test' in endpoint.query.shape;
    // The mode is read only where it matters, so that switching it repeats no other call.
    return knows && this.mode.test() ? { test: 'true', ...(query as object | undefined) } : query;
  }
}
