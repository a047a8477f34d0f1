import type { EndpointDeclaration } from './endpoint';

export const organizationsEndpoints: readonly EndpointDeclaration[] = [];
