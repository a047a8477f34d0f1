import { KEY_SCOPES, type EndpointDeclaration, type ErrorCode } from '@tollgate/contracts';
import type * as z from 'zod';

const SAFE = new Set(['GET']);

const has = (schema: z.ZodObject | undefined, member: string): boolean =>
  schema !== undefined && member in schema.shape;

/** Whether an API key can be given what the endpoint asks for. */
export function takesKeys({ access }: EndpointDeclaration): boolean {
  return typeof access === 'string' && (KEY_SCOPES as readonly string[]).includes(access);
}

export function takesSessions({ access }: EndpointDeclaration): boolean {
  return typeof access === 'string' && !access.startsWith('verifications:write') && !access.startsWith('factors:write');
}

/** Every code that an endpoint can answer with: its own, and those that every endpoint of its kind shares. */
export function errorCodesOf(endpoint: EndpointDeclaration): ErrorCode[] {
  const codes = new Set<ErrorCode>(endpoint.errors ?? []);
  const add = (...more: ErrorCode[]): void => more.forEach((code) => codes.add(code));

  if (typeof endpoint.access === 'string') {
    add('missing_credentials', 'permission_denied', 'too_many_failed_authentications', 'organization_suspended');
    add('organization_not_selectable');
    if (takesKeys(endpoint))
      add('invalid_api_key', 'application_disabled', 'address_not_allowed', 'invalid_test_clock');
    if (takesSessions(endpoint)) {
      add('invalid_session');
      if (!SAFE.has(endpoint.method)) add('origin_not_allowed');
    }
  }
  if (endpoint.stepUp === true) add('step_up_required');
  if (endpoint.path.includes('/:')) add('not_found');
  if (endpoint.body !== undefined) {
    add(
      'malformed_json',
      'duplicate_key',
      'body_too_deep',
      'body_too_large',
      'unsupported_media_type',
      'validation_failed',
    );
  }
  if (endpoint.query !== undefined) add('validation_failed');
  if (has(endpoint.query, 'cursor')) add('invalid_cursor');
  if (endpoint.idempotency !== undefined)
    add('idempotency_key_invalid', 'idempotency_key_reused', 'request_in_progress');
  if (endpoint.idempotency === 'required') add('idempotency_key_required');
  add('internal_error', 'unavailable');
  return [...codes];
}
