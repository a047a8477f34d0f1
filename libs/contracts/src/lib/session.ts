import type { EndpointDeclaration } from './endpoint';

export const sessionEndpoints: readonly EndpointDeclaration[] = [];
