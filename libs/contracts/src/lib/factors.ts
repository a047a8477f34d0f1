import type { EndpointDeclaration } from './endpoint';

export const factorsEndpoints: readonly EndpointDeclaration[] = [];
