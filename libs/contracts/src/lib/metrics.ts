import type { EndpointDeclaration } from './endpoint';

export const metricsEndpoints: readonly EndpointDeclaration[] = [];
