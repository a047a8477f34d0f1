import type { EndpointDeclaration } from './endpoint';

export const creditsEndpoints: readonly EndpointDeclaration[] = [];
