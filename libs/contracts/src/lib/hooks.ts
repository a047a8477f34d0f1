import type { EndpointDeclaration } from './endpoint';

/**
 * Where delivery providers report to. Not endpoints of the contract: the body is the vendor's, read raw, and the caller
 * is known by its signature alone. They answer 204, also for messages that nobody knows, and 403 `signature_invalid`.
 */
export const HOOK_PATHS = {
  twilio: '/hooks/twilio/:token',
  sendgrid: '/hooks/sendgrid/:token',
  http: '/hooks/http/:token',
} as const;

export const hooksEndpoints: readonly EndpointDeclaration[] = [];
