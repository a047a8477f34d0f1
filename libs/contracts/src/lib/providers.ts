import type { EndpointDeclaration } from './endpoint';

export const providersEndpoints: readonly EndpointDeclaration[] = [];
