import type { EndpointDeclaration } from './endpoint';

export const keysEndpoints: readonly EndpointDeclaration[] = [];
