import type { EndpointDeclaration } from './endpoint';

export const settingsEndpoints: readonly EndpointDeclaration[] = [];
