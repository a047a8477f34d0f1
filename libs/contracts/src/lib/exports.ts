import type { EndpointDeclaration } from './endpoint';

export const exportsEndpoints: readonly EndpointDeclaration[] = [];
