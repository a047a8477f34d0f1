import type { HttpProviderSettings } from '@tollgate/contracts';
import type { SendState } from '../../message-queue';
import type { ErrorClass, SendResult } from '../delivery-provider';
import { classifyUnknownApi, refusal } from '../error-classes';
import { parseHttpTemplate, namesIn, type HttpContext, type HttpTemplate } from './http-template';
import { parseJsonPath, readJsonPath, scalarText, type JsonPath } from './json-path';
import { LinearRegex } from './linear-regex';

export interface Fault {
  readonly path: string;
  readonly message: string;
}

interface CompiledRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: HttpTemplate;
  readonly headers: readonly (readonly [string, HttpTemplate])[];
  readonly body: HttpTemplate | null;
  readonly timeoutMs: number;
}

type Range = readonly [number, number];
interface JsonTest {
  readonly path: JsonPath;
  readonly values: ReadonlySet<string>;
}

/** A provider's settings, read once when they are loaded: what is left to do per message cannot fail. */
export interface HttpRules {
  readonly request: CompiledRequest;
  readonly success: {
    readonly status: readonly Range[];
    readonly json: readonly JsonTest[];
    readonly body: LinearRegex | null;
    readonly notBody: LinearRegex | null;
  };
  readonly messageId: JsonPath | null;
  readonly errors: readonly {
    readonly status: readonly Range[] | null;
    readonly json: JsonTest | null;
    readonly body: LinearRegex | null;
    readonly class: ErrorClass;
    readonly code: string | null;
  }[];
  readonly dlr: {
    readonly auth: { readonly type: 'token' | 'hmac-sha256' | 'basic'; readonly header: string };
    readonly id: JsonPath;
    readonly status: JsonPath;
    readonly error: JsonPath | null;
    readonly map: ReadonlyMap<string, SendState>;
  } | null;
  /** Credentials that the templates name. */
  readonly secrets: readonly string[];
}

const SECRET_HEADERS =
  /^(authorization|proxy-authorization|cookie|.*(api|auth|access)?[-_]?(key|token|secret|password).*)$/i;
/** Bodies beyond this are not searched by patterns: status and JSON decide. */
export const MAX_PATTERN_TEXT = 16_384;

/** Reads settings into rules, or says everything that is wrong with them. */
export function compileHttpRules(settings: HttpProviderSettings): {
  readonly rules: HttpRules | null;
  readonly faults: readonly Fault[];
} {
  const faults: Fault[] = [];
  const template = (source: string, context: HttpContext, path: string): HttpTemplate => {
    const parsed = parseHttpTemplate(source, context);
    faults.push(...parsed.faults.map((message) => ({ path, message })));
    return parsed.template;
  };
  const jsonPath = (text: string, path: string): JsonPath => {
    const parsed = parseJsonPath(text);
    if (parsed === null) faults.push({ path, message: 'is not a path such as $.data[0].id' });
    return parsed ?? [];
  };
  const pattern = (text: string | undefined, path: string): LinearRegex | null => {
    if (text === undefined) return null;
    try {
      return LinearRegex.compile(text);
    } catch (error) {
      faults.push({ path, message: error instanceof Error ? error.message : 'is not a pattern' });
      return null;
    }
  };

  const { request } = settings;
  const url = template(request.url, 'url', 'request.url');
  faults.push(...faultsOfUrl(request.url));
  const headers = Object.entries(request.headers ?? {}).map(([name, value]) => {
    const path = `request.headers.${name}`;
    if (/[\r\n]/.test(value)) faults.push({ path, message: 'is one line' });
    if (SECRET_HEADERS.test(name) && !value.includes('{{'))
      faults.push({ path, message: 'Keep secrets in credentials: {{secret.name|header}}' });
    return [name, template(value, 'header', path)] as const;
  });
  const body = request.body === undefined ? null : template(request.body, 'body', 'request.body');
  if (request.method === 'GET' && body !== null) faults.push({ path: 'request.body', message: 'GET has no body' });

  const success = settings.success ?? {};
  const rules: HttpRules = {
    request: { method: request.method, url, headers, body, timeoutMs: request.timeout_ms ?? 6_000 },
    success: {
      status: (success.status ?? ['200-299']).map(readRange),
      json: (success.json ?? []).map((test, i) => ({
        path: jsonPath(test.path, `success.json.${String(i)}.path`),
        values: new Set(test.in),
      })),
      body: pattern(success.body, 'success.body'),
      notBody: pattern(success.not_body, 'success.not_body'),
    },
    messageId: settings.message_id === undefined ? null : jsonPath(settings.message_id, 'message_id'),
    errors: (settings.errors ?? []).map(({ when, class: name, code }, i) => ({
      status: when.status?.map(readRange) ?? null,
      json:
        when.json === undefined
          ? null
          : { path: jsonPath(when.json.path, `errors.${String(i)}.when.json.path`), values: new Set(when.json.in) },
      body: pattern(when.body, `errors.${String(i)}.when.body`),
      class: name === 'permanent' ? 'permanent_destination' : name === 'retryable' ? 'failover' : name,
      code: code ?? null,
    })),
    dlr:
      settings.dlr === undefined
        ? null
        : {
            auth: {
              type: settings.dlr.auth.type,
              header: (
                settings.dlr.auth.header ?? (settings.dlr.auth.type === 'hmac-sha256' ? 'x-signature' : 'authorization')
              ).toLowerCase(),
            },
            id: jsonPath(settings.dlr.id, 'dlr.id'),
            status: jsonPath(settings.dlr.status, 'dlr.status'),
            error: settings.dlr.error === undefined ? null : jsonPath(settings.dlr.error, 'dlr.error'),
            map: new Map(Object.entries(settings.dlr.map)),
          },
    secrets: [
      ...new Set(
        [url, ...headers.map(([, value]) => value), body ?? []]
          .flatMap(namesIn)
          .filter((name) => name.startsWith('secret.'))
          .map((name) => name.slice('secret.'.length)),
      ),
      ...(settings.dlr === undefined ? [] : ['dlr_secret']),
    ],
  };
  return faults.length > 0 ? { rules: null, faults } : { rules, faults };
}

/** The host is fixed text, so that no value chooses where a secret goes. */
function faultsOfUrl(source: string): Fault[] {
  const path = 'request.url';
  const match = /^(https?):\/\/([^/?#]*)/.exec(source);
  if (match === null) return [{ path, message: 'begins with https:// or http://' }];
  if (match[2]?.includes('{{') || match[2]?.includes('@'))
    return [{ path, message: 'The host is fixed text without user names' }];
  return URL.canParse(source.replace(/\{\{[^}]*\}\}/g, 'x')) ? [] : [{ path, message: 'is not an address' }];
}

function readRange(text: string): Range {
  const [from = '0', to = from] = text.split('-');
  return [Number(from), Number(to)];
}

const inRanges = (ranges: readonly Range[], status: number): boolean =>
  ranges.some(([from, to]) => status >= from && status <= to);

function holds(test: JsonTest, json: unknown): boolean {
  const value = scalarText(readJsonPath(json, test.path));
  return value !== null && test.values.has(value);
}

/** What an answer means. JSON that cannot be read is `undefined`, and no JSON test holds for it. */
export function judgeAnswer(rules: HttpRules, answer: { readonly status: number; readonly body: string }): SendResult {
  const json = parseJson(answer.body);
  const text = answer.body.slice(0, MAX_PATTERN_TEXT);
  for (const error of rules.errors) {
    const fits =
      (error.status === null || inRanges(error.status, answer.status)) &&
      (error.json === null || holds(error.json, json)) &&
      (error.body === null || error.body.test(text));
    if (fits) return { kind: 'refused', class: error.class, code: error.code ?? `http_${String(answer.status)}` };
  }
  const { success } = rules;
  const statusFits = inRanges(success.status, answer.status);
  if (!statusFits) return refusal(classifyUnknownApi(answer.status), `http_${String(answer.status)}`);
  const fits =
    success.json.every((test) => holds(test, json)) &&
    (success.body === null || success.body.test(text)) &&
    (success.notBody === null || !success.notBody.test(text));
  // A status of success with a body that is none: nobody knows whether it was sent.
  if (!fits) return { kind: 'unknown', code: 'unexpected_answer' };
  const id = rules.messageId === null ? null : scalarText(readJsonPath(json, rules.messageId));
  return { kind: 'accepted', providerMessageId: id?.slice(0, 120) ?? null, segments: null };
}

/** What a delivery report says; null when it names no message, or a status that the map leaves out. */
export function readReport(
  rules: HttpRules,
  body: unknown,
): { readonly id: string; readonly state: SendState; readonly code: string | null } | null {
  if (rules.dlr === null) return null;
  const id = scalarText(readJsonPath(body, rules.dlr.id));
  const status = scalarText(readJsonPath(body, rules.dlr.status));
  const state = status === null ? undefined : rules.dlr.map.get(status);
  if (id === null || id === '' || state === undefined) return null;
  const code = rules.dlr.error === null ? status : scalarText(readJsonPath(body, rules.dlr.error));
  return { id, state, code: code?.slice(0, 40) ?? null };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
