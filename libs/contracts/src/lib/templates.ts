import type { EndpointDeclaration } from './endpoint';

export const templatesEndpoints: readonly EndpointDeclaration[] = [];
