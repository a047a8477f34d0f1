import type { EndpointDeclaration } from './endpoint';

export const systemEndpoints: readonly EndpointDeclaration[] = [];
