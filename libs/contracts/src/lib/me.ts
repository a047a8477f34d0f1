import type { EndpointDeclaration } from './endpoint';

export const meEndpoints: readonly EndpointDeclaration[] = [];
