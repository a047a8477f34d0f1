import type { EndpointDeclaration } from './endpoint';

export const applicationsEndpoints: readonly EndpointDeclaration[] = [];
