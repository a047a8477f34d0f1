import type { EndpointDeclaration } from './endpoint';

export const auditEndpoints: readonly EndpointDeclaration[] = [];
