import type { EndpointDeclaration } from './endpoint';

export const limitsEndpoints: readonly EndpointDeclaration[] = [];
