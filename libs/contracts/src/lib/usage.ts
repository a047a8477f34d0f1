import type { EndpointDeclaration } from './endpoint';

export const usageEndpoints: readonly EndpointDeclaration[] = [];
