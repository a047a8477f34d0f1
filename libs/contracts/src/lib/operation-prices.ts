import type { EndpointDeclaration } from './endpoint';

export const operationPricesEndpoints: readonly EndpointDeclaration[] = [];
