import type { EndpointDeclaration } from './endpoint';

export const testMessagesEndpoints: readonly EndpointDeclaration[] = [];
