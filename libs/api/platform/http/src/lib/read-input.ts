import { DomainError } from '@tollgate/api/kernel';
import type { FastifyRequest } from 'fastify';
import { exchangeOf } from './exchange';
import type { RawInput } from './input-schema';
import { parseJson } from './strict-json';

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** The bytes of the body as they came; null when there were none. */
export function rawBodyOf(request: FastifyRequest): Buffer | null {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) && body.length > 0 ? body : null;
}

/** The media type without parameters, lower case. */
export function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * The body as JSON, from the raw bytes: Fastify's own parser takes bad UTF-8 and members that are named twice.
 * @throws DomainError unsupported_media_type, malformed_json, duplicate_key, body_too_deep
 */
export function jsonBodyOf(request: FastifyRequest, maxMembers?: number): unknown {
  const raw = rawBodyOf(request);
  if (raw === null) return undefined;
  if (!JSON_TYPE.test(request.headers['content-type'] ?? '')) throw new DomainError('unsupported_media_type');
  return parseJson(raw, maxMembers);
}

/** What a declared endpoint was sent, unchecked. */
export function readInput(request: FastifyRequest): RawInput {
  const body = jsonBodyOf(request);
  const exchange = exchangeOf(request);
  if (exchange !== null) exchange.body = body;
  return { params: request.params, query: request.query, headers: request.headers, body };
}
