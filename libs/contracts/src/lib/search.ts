import type { EndpointDeclaration } from './endpoint';

export const searchEndpoints: readonly EndpointDeclaration[] = [];
