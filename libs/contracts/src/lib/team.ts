import type { EndpointDeclaration } from './endpoint';

export const teamEndpoints: readonly EndpointDeclaration[] = [];
