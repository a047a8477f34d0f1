import type { SendResult } from '../domain/delivery-provider';
import { NEVER_CONNECTED, refusal } from '../domain/error-classes';

const CODE = /^[A-Z][A-Z0-9_]{2,40}$/;
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED', 'EABORT']);

interface Breakage {
  /** Of our own way out: `refused`, `unreachable`, … */
  readonly failure: string | null;
  /** Of the socket or the client: `ECONNRESET`, `ERR_CANCELED`. */
  readonly code: string | null;
}

/** The first failure and code along the chain of causes. By shape: vendors' clients wrap errors, and realms differ. */
function breakageOf(error: unknown): Breakage {
  let at: unknown = error;
  let code: string | null = null;
  for (let depth = 0; depth < 6 && typeof at === 'object' && at !== null; depth += 1) {
    const level = at as Record<'failure' | 'code' | 'originalCode' | 'cause' | 'errors', unknown>;
    for (const candidate of [level.originalCode, level.code]) {
      if (code === null && typeof candidate === 'string' && CODE.test(candidate)) code = candidate;
    }
    if (typeof level.failure === 'string') return { failure: level.failure, code };
    at = Array.isArray(level.errors) && level.errors.length > 0 ? (level.errors[0] as unknown) : level.cause;
  }
  return { failure: null, code };
}

/**
 * A call that broke before there was an answer. Only when the connection was never made is it sure that nothing was sent;
 * a time-out or a cut connection says nothing about what the vendor did with the request.
 */
export function resultOfBrokenCall(error: unknown): SendResult {
  const { failure, code } = breakageOf(error);
  if (failure === 'refused') return refusal({ class: 'permanent_config', alarm: true }, 'address_refused');
  if (failure === 'unreachable') return refusal({ class: 'failover' }, 'unreachable');
  if (failure === 'too_large') return { kind: 'unknown', code: 'answer_too_large' };
  if (failure !== null) return { kind: 'unknown', code: 'timeout' };
  if (code !== null && NEVER_CONNECTED.has(code)) return refusal({ class: 'failover' }, 'unreachable');
  return {
    kind: 'unknown',
    code: code !== null && !TIMED_OUT.has(code) ? code : code === null ? 'broken_call' : 'timeout',
  };
}
