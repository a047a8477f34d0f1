import type { SendResult } from '../domain/delivery-provider';
import { NEVER_CONNECTED, refusal } from '../domain/error-classes';

const CODE = /^[A-Z][A-Z0-9_]{2,40}$/;

/** The first code along the chain of causes: `ECONNRESET`, `ERR_CANCELED`. By shape, since errors cross realms. */
export function codeOf(error: unknown): string | null {
  let at: unknown = error;
  for (let depth = 0; depth < 5 && typeof at === 'object' && at !== null; depth += 1) {
    const { code, originalCode, cause, errors } = at as Record<'code' | 'originalCode' | 'cause' | 'errors', unknown>;
    for (const candidate of [originalCode, code]) {
      if (typeof candidate === 'string' && CODE.test(candidate)) return candidate;
    }
    at = Array.isArray(errors) && errors.length > 0 ? (errors[0] as unknown) : cause;
  }
  return null;
}

/**
 * A call that broke before there was an answer. Only when the connection was never made is it sure that nothing was sent;
 * a time-out or a cut connection says nothing about what the vendor did with the request.
 */
export function resultOfBrokenCall(error: unknown): SendResult {
  const code = codeOf(error);
  if (code === 'EADDRESSREFUSED') return refusal({ class: 'permanent_config', alarm: true }, 'address_refused');
  if (code !== null && NEVER_CONNECTED.has(code)) return refusal({ class: 'failover' }, code);
  if (code === 'ECONNABORTED' || code === 'ETIMEDOUT' || code === 'ERR_CANCELED' || code === 'EABORT')
    return { kind: 'unknown', code: 'timeout' };
  return { kind: 'unknown', code: code ?? 'broken_call' };
}
