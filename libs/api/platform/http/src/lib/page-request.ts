import { isUtf8 } from 'node:buffer';
import { DomainError } from '@tollgate/api/kernel';
import type { FastifyRequest } from 'fastify';
import { jsonBodyOf, mediaTypeOf, rawBodyOf } from './read-input';

/** What a page or a hook was sent. Nothing of it is checked but its encoding. */
export interface PageRequest {
  readonly params: Readonly<Record<string, string>>;
  /** A member named twice is left out: nothing here may be an array where a text belongs. */
  readonly query: Readonly<Record<string, string>>;
  readonly cookies: Readonly<Record<string, string>>;
  readonly headers: FastifyRequest['headers'];
  /** `/hooks/twilio/abc?x=1`, as it came: signatures of providers cover it. */
  readonly url: string;
  /** The bytes of the body, for signatures. Empty when there is none. */
  readonly rawBody: Buffer;
  /**
   * Members of an urlencoded body.
   * @throws DomainError unsupported_media_type, malformed_request, duplicate_key
   */
  form(): Readonly<Record<string, string>>;
  /**
   * A JSON body, read strictly, of up to 50,000 members; undefined when there is none.
   * @throws DomainError unsupported_media_type, malformed_json, duplicate_key, body_too_deep
   */
  json(): unknown;
}

const FORM_TYPE = 'application/x-www-form-urlencoded';
const MAX_FIELDS = 200;
/** Providers report in batches. */
const MAX_MEMBERS = 50_000;

/** Reads an urlencoded body: UTF-8, no member twice, no prototype to reach. */
export function parseForm(bytes: Buffer): Record<string, string> {
  const malformed = (detail: string): DomainError => new DomainError('malformed_request', { detail });
  const decode = (text: string): string => {
    try {
      return decodeURIComponent(text.replaceAll('+', ' '));
    } catch {
      throw malformed('The form is not valid UTF-8');
    }
  };
  if (!isUtf8(bytes)) throw malformed('The form is not valid UTF-8');
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  const pairs = bytes.toString('utf8').split('&');
  if (pairs.length > MAX_FIELDS) throw malformed(`The form has more than ${MAX_FIELDS} fields`);
  for (const pair of pairs) {
    if (pair === '') continue;
    const cut = pair.indexOf('=');
    const name = decode(cut < 0 ? pair : pair.slice(0, cut));
    if (name in fields) throw new DomainError('duplicate_key', { param: name.slice(0, 100) });
    fields[name] = cut < 0 ? '' : decode(pair.slice(cut + 1));
  }
  return fields;
}

function singles(query: unknown): Record<string, string> {
  const entries = Object.entries(query ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  return Object.fromEntries(entries);
}

export function pageRequestOf(request: FastifyRequest): PageRequest {
  const cookies = (request as { cookies?: Record<string, string | undefined> }).cookies ?? {};
  return {
    params: request.params as Record<string, string>,
    query: singles(request.query),
    cookies: singles(cookies),
    headers: request.headers,
    url: request.raw.url ?? '/',
    rawBody: rawBodyOf(request) ?? Buffer.alloc(0),
    form: () => {
      const raw = rawBodyOf(request);
      if (raw === null) return {};
      if (mediaTypeOf(request) !== FORM_TYPE) {
        throw new DomainError('unsupported_media_type', { detail: `Send ${FORM_TYPE}` });
      }
      return parseForm(raw);
    },
    json: () => jsonBodyOf(request, MAX_MEMBERS),
  };
}
