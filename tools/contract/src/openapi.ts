import { ERROR_CATALOGUE, statusOf, type EndpointDeclaration, type ErrorCode } from '@tollgate/contracts';
import type * as z from 'zod';
import { errorCodesOf, takesKeys, takesSessions } from './error-codes';
import { exampleOf, smallestExampleOf } from './examples';
import { jsonSchemaOf, type JsonSchema } from './json-schema';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly 'x-access': string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, object>>;
  readonly 'x-error-codes': readonly ErrorCode[];
}

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: object;
  readonly servers: readonly object[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: object;
}

const REASONS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'Done; nothing to say',
  400: 'The request cannot be read',
  401: 'Who is calling is not known',
  402: 'Too few credits',
  403: 'Not allowed',
  404: 'Not found, or not yours',
  409: 'In the way of something else',
  410: 'Gone',
  413: 'Too large',
  415: 'Wrong media type',
  422: 'Not valid',
  429: 'Too many; see Retry-After',
  500: 'A fault of ours',
  503: 'Not available just now',
};

const IDEMPOTENCY =
  '1 to 255 printable ASCII characters, kept 24 h for the calling principal. The same call again gets the same answer, marked `Idempotency-Replayed: true`.';

const header = (
  name: string,
  required: boolean,
  description: string,
  schema: JsonSchema = { type: 'string' },
): Parameter => ({
  name,
  in: 'header',
  required,
  description,
  schema,
});

function parametersOf(schema: z.ZodObject | undefined, where: Parameter['in']): Parameter[] {
  if (schema === undefined) return [];
  // What comes in a URL is text; what it is read as says more.
  const { properties = {}, required = [] } = jsonSchemaOf(schema, 'output');
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function pathParametersOf(endpoint: EndpointDeclaration): Parameter[] {
  if (endpoint.params !== undefined) return parametersOf(endpoint.params, 'path');
  return [...endpoint.path.matchAll(/:(\w+)/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function headersOf(endpoint: EndpointDeclaration): Parameter[] {
  const headers: Parameter[] = parametersOf(endpoint.headers, 'header');
  if (endpoint.idempotency !== undefined) {
    headers.push(header('Idempotency-Key', endpoint.idempotency === 'required', IDEMPOTENCY));
  }
  if (takesSessions(endpoint) && endpoint.access !== 'self') {
    headers.push(
      header('Tollgate-Organization', false, 'Staff of the platform with a session: the one organization to act in.'),
    );
  }
  if (takesKeys(endpoint)) {
    const shape: JsonSchema = { type: 'string', pattern: '^\\+[1-9]\\d{0,4}s$', examples: ['+601s'] };
    headers.push(header('Test-Clock', false, 'Test keys: moves the time of this call forward, at most 24 h.', shape));
  }
  return headers;
}

function problemsOf(codes: readonly ErrorCode[]): Record<string, object> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  const entries = [...byStatus].sort(([a], [b]) => a - b);
  return Object.fromEntries(
    entries.map(([status, list]) => [
      String(status),
      {
        description: `${REASONS[status] ?? 'Error'}: ${list.map((code) => `\`${code}\``).join(', ')}`,
        ...(status === 429 ? { headers: { 'Retry-After': { schema: { type: 'integer' } } } } : {}),
        content: {
          'application/problem+json': {
            schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { code: { enum: list } } }] },
          },
        },
      },
    ]),
  );
}

function answersOf(endpoint: EndpointDeclaration): Record<string, object> {
  return Object.fromEntries(
    Object.entries(endpoint.responses).map(([status, schema]) => {
      const description = REASONS[Number(status)] ?? 'Answer';
      if (schema === null) return [status, { description }];
      if (endpoint.produces !== undefined) {
        return [status, { description, content: { [endpoint.produces]: { schema: { type: 'string' } } } }];
      }
      const json = jsonSchemaOf(schema, 'output');
      return [status, { description, content: { 'application/json': { schema: json, example: exampleOf(json) } } }];
    }),
  );
}

function securityOf(endpoint: EndpointDeclaration): object[] {
  const { access } = endpoint;
  if (typeof access !== 'string') return [];
  return [
    ...(takesKeys(endpoint) ? [{ apiKey: [access] }] : []),
    ...(takesSessions(endpoint) ? [{ session: [access] }] : []),
  ];
}

function operationOf(endpoint: EndpointDeclaration): Operation {
  const parameters = [...pathParametersOf(endpoint), ...parametersOf(endpoint.query, 'query'), ...headersOf(endpoint)];
  const body = endpoint.body === undefined ? null : jsonSchemaOf(endpoint.body, 'input');
  const codes = errorCodesOf(endpoint);
  return {
    operationId: endpoint.id,
    summary: endpoint.summary,
    ...(endpoint.description === undefined ? {} : { description: endpoint.description }),
    tags: [endpoint.tag],
    security: securityOf(endpoint),
    'x-access': typeof endpoint.access === 'string' ? endpoint.access : `public: ${endpoint.access.public}`,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: body, example: smallestExampleOf(body, endpoint.id) } },
          },
        }),
    responses: { ...answersOf(endpoint), ...problemsOf(codes) },
    'x-error-codes': codes,
  };
}

const PROBLEM: JsonSchema = {
  type: 'object',
  description: 'RFC 9457. Switch on `code`; the texts are for people and may change.',
  required: ['type', 'title', 'status', 'code', 'request_id'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    code: { type: 'string', enum: Object.keys(ERROR_CATALOGUE) },
    request_id: { type: 'string' },
    param: { type: 'string', description: 'The member at fault, as a path' },
    issues: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    retry_after: { type: 'integer', description: 'Seconds; also in Retry-After' },
  },
};

/** Answers that several operations share word for word are said once, under `components`. */
function shared(paths: Record<string, Record<string, Operation>>): Record<string, object> {
  const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
  const uses = new Map<string, number>();
  const problems = (operation: Operation) =>
    Object.entries(operation.responses).filter(([status]) => Number(status) >= 400);
  for (const operation of operations) {
    for (const [, response] of problems(operation)) {
      const text = JSON.stringify(response);
      uses.set(text, (uses.get(text) ?? 0) + 1);
    }
  }
  const names = new Map<string, string>();
  const components: Record<string, object> = {};
  const counts = new Map<string, number>();
  for (const operation of operations) {
    const responses = operation.responses as Record<string, object>;
    for (const [status, response] of problems(operation)) {
      const text = JSON.stringify(response);
      if ((uses.get(text) ?? 0) < 2) continue;
      let name = names.get(text);
      if (name === undefined) {
        const count = (counts.get(status) ?? 0) + 1;
        counts.set(status, count);
        name = `Problem${status}${count === 1 ? '' : `_${count}`}`;
        names.set(text, name);
        components[name] = response;
      }
      responses[status] = { $ref: `#/components/responses/${name}` };
    }
  }
  return components;
}

/** `/v1/keys/:id` → `/v1/keys/{id}` */
export const templatePath = (path: string): string => path.replace(/:(\w+)/g, '{$1}');

/** The OpenAPI 3.1 document of the endpoints, in their order. */
export function openApiOf(endpoints: readonly EndpointDeclaration[]): OpenApiDocument {
  const paths: Record<string, Record<string, Operation>> = {};
  for (const endpoint of endpoints) {
    const path = templatePath(endpoint.path);
    const method = endpoint.method.toLowerCase();
    const operations = (paths[path] ??= {});
    if (method in operations) throw new Error(`${endpoint.method} ${path} is declared twice`);
    operations[method] = operationOf(endpoint);
  }
  const ids = endpoints.map((endpoint) => endpoint.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`two endpoints are called ${twice}`);
  const responses = shared(paths);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tollgate API',
      version: '1',
      description:
        'Proves who somebody is and charges each proof to prepaid credits. JSON in snake_case; times RFC 3339 UTC with ' +
        'milliseconds; amounts integer milli-credits; errors application/problem+json with a stable `code`.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(endpoints.map((endpoint) => endpoint.tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: tg_live_… or tg_test_…' },
        session: { type: 'apiKey', in: 'cookie', name: '__Host-tg_session', description: 'A session of the console' },
      },
      schemas: { Problem: PROBLEM },
      responses,
    },
  };
}
