import type { EndpointDeclaration } from './endpoint';

export const messagesEndpoints: readonly EndpointDeclaration[] = [];
