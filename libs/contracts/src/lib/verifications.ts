import type { EndpointDeclaration } from './endpoint';

export const verificationsEndpoints: readonly EndpointDeclaration[] = [];
