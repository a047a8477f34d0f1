import type { EndpointDeclaration } from './endpoint';

export const hooksEndpoints: readonly EndpointDeclaration[] = [];
