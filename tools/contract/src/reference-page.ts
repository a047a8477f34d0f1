import { ERROR_CATALOGUE, statusOf, type EndpointDeclaration, type ErrorCode } from '@tollgate/contracts';
import { errorCodesOf, takesKeys, takesSessions } from './error-codes';
import { exampleOf, smallestExampleOf } from './examples';
import { jsonSchemaOf } from './json-schema';
import { anchor, escape, inline, json, prose } from './markup';
import { templatePath, type OpenApiDocument, type Parameter } from './openapi';
import { STYLE } from './reference-style';
import { schemaTable, table, typeText } from './schema-table';

const KEY = 'tg_test_…';

function whoMay(endpoint: EndpointDeclaration): string {
  const { access } = endpoint;
  if (typeof access !== 'string') return `Anybody: ${escape(access.public)}.`;
  if (access === 'self') return 'Anybody who is signed in.';
  const kinds = [takesKeys(endpoint) ? 'an API key' : '', takesSessions(endpoint) ? 'a signed-in person' : ''].filter(
    Boolean,
  );
  return `Needs <code>${escape(access)}</code>: ${kinds.join(' or ')}.`;
}

function facts(endpoint: EndpointDeclaration): string {
  const parts = [whoMay(endpoint)];
  if (endpoint.idempotency === 'required') parts.push('<code>Idempotency-Key</code> is required.');
  if (endpoint.idempotency === 'optional') parts.push('Takes <code>Idempotency-Key</code>.');
  if (endpoint.stepUp === true) parts.push('The sign-in must be younger than 10 minutes.');
  if (endpoint.secrets !== undefined && endpoint.secrets.length > 0) {
    parts.push(`Shown once: ${endpoint.secrets.map((name) => `<code>${escape(name)}</code>`).join(', ')}.`);
  }
  return `<p class="facts">${parts.join(' ')}</p>`;
}

function curl(endpoint: EndpointDeclaration): string {
  const path = endpoint.path.replace(/:\w+/g, '…');
  const lines = [`curl${endpoint.method === 'GET' ? '' : ` -X ${endpoint.method}`} "$TOLLGATE${path}"`];
  if (takesKeys(endpoint)) lines.push(`  -H 'Authorization: Bearer ${KEY}'`);
  if (endpoint.idempotency === 'required') lines.push(`  -H 'Idempotency-Key: 6f1c…'`);
  if (endpoint.body !== undefined) {
    const body = JSON.stringify(smallestExampleOf(jsonSchemaOf(endpoint.body, 'input'), endpoint.id));
    lines.push(`  -H 'Content-Type: application/json'`, `  -d '${body.replaceAll("'", "'\\''")}'`);
  }
  return `<pre>${escape(lines.join(' \\\n'))}</pre>`;
}

function parametersTable(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(({ name, in: where, required, description, schema }) => ({
    path: name,
    type: `${where}: ${typeText(schema)}`,
    required,
    description: description ?? '',
  }));
  return table('Parameters', rows);
}

function answers(endpoint: EndpointDeclaration): string {
  return Object.entries(endpoint.responses)
    .map(([status, schema]) => {
      if (schema === null) return `<h4>${status}</h4><p>No body.</p>`;
      if (endpoint.produces !== undefined) return `<h4>${status}</h4><p><code>${escape(endpoint.produces)}</code></p>`;
      const shape = jsonSchemaOf(schema, 'output');
      return (
        `<h4>${status}</h4><pre>${json(exampleOf(shape))}</pre>` +
        `<details><summary>Members</summary>${schemaTable(shape, `Members of the answer ${status}`)}</details>`
      );
    })
    .join('\n');
}

const codeLink = (code: ErrorCode): string =>
  `<li><a href="#${code}"><code>${code}</code></a> (${statusOf(code)})</li>`;

function section(endpoint: EndpointDeclaration, document: OpenApiDocument): string {
  const id = anchor(endpoint.id);
  const path = templatePath(endpoint.path);
  const operation = document.paths[path]?.[endpoint.method.toLowerCase()];
  const body = endpoint.body === undefined ? null : jsonSchemaOf(endpoint.body, 'input');
  return `<section aria-labelledby="${id}">
<h3 id="${id}">${escape(endpoint.summary)}<a class="self" href="#${id}" aria-label="Link to ${escape(endpoint.summary)}">#</a></h3>
<p class="call"><span class="method ${endpoint.method.toLowerCase()}">${endpoint.method}</span> <code>${escape(path)}</code></p>
${facts(endpoint)}
${endpoint.description === undefined ? '' : prose(endpoint.description)}
${curl(endpoint)}
${parametersTable(operation?.parameters ?? [])}
${body === null ? '' : schemaTable(body, 'Members of the body')}
${answers(endpoint)}
<details><summary>Errors</summary><ul>${errorCodesOf(endpoint).map(codeLink).join('')}</ul></details>
</section>`;
}

function errorsTable(): string {
  const rows = Object.entries(ERROR_CATALOGUE).map(
    ([code, { title }]) =>
      `<tr id="${code}"><th scope="row"><code>${code}</code></th><td>${statusOf(code as ErrorCode)}</td><td>${inline(title)}</td></tr>`,
  );
  return (
    `<div class="scroll" tabindex="0" role="region" aria-label="Error codes"><table><caption>Error codes</caption>` +
    `<thead><tr><th scope="col">Code</th><th scope="col">Status</th><th scope="col">What it says</th></tr></thead>` +
    `<tbody>${rows.join('\n')}</tbody></table></div>`
  );
}

const CONVENTIONS = `
<p>JSON in snake_case. Times are RFC 3339 in UTC with milliseconds, amounts are whole milli-credits (1000 = one credit).
Unknown members are refused, so a typing error is an error and not a silent no.</p>
<ul>
<li><strong>Credentials.</strong> <code>Authorization: Bearer tg_live_…</code> or <code>tg_test_…</code>, or a session of the console.
Test keys run the whole engine without a provider and without credits. A key in the query string is not accepted.</li>
<li><strong>Lists</strong> answer <code>{ "data": […], "next_cursor", "total_estimate" }</code>; send <code>next_cursor</code> back as
<code>cursor</code>. <code>limit</code> is at most 200. The estimate is exact up to 10,000 and null above.</li>
<li><strong>Idempotency-Key.</strong> The same call again gets the same answer for 24 h, marked <code>Idempotency-Replayed: true</code>,
without the secrets that the first one held.</li>
<li><strong>X-Request-Id</strong> is on every answer; yours is kept when it is 8 to 64 letters, digits, dots, dashes or underscores.</li>
<li><strong>Errors</strong> are <code>application/problem+json</code> (RFC 9457). Switch on <code>code</code>; 429 carries
<code>Retry-After</code>, <code>RateLimit</code> and <code>RateLimit-Policy</code>.</li>
<li><strong>Limits.</strong> Bodies up to 64 kB, 20 levels, UTF-8, no member twice.</li>
</ul>`;

/** The reference for people: one page that a browser can search, without script, fonts or anything from elsewhere. */
export function referencePage(endpoints: readonly EndpointDeclaration[], document: OpenApiDocument): string {
  const groups = document.tags.map(({ name }) => ({ name, members: endpoints.filter(({ tag }) => tag === name) }));
  const navigation = groups.map(
    ({ name, members }) =>
      `<h2>${escape(name)}</h2><ul>${members
        .map(({ id, summary }) => `<li><a href="#${anchor(id)}">${escape(summary)}</a></li>`)
        .join('')}</ul>`,
  );
  const chapters = groups.map(
    ({ name, members }) =>
      `<h2 id="tag-${anchor(name)}">${escape(name)}</h2>${members.map((endpoint) => section(endpoint, document)).join('\n')}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>API reference · Tollgate</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the reference</a>
<div class="frame">
<nav aria-label="Endpoints"><a href="#content"><strong>Tollgate API</strong></a><a href="/openapi.json">openapi.json</a>
<a href="#conventions">Conventions</a><a href="#errors">Error codes</a>
${navigation.join('\n')}</nav>
<main id="content">
<h1>Tollgate API</h1>
<p>Every endpoint, made from the same declarations that the server validates and answers by.
Find anything with your browser's search. The same as a document for machines: <a href="/openapi.json">openapi.json</a>.</p>
<h2 id="conventions">Conventions</h2>
${CONVENTIONS}
${chapters.join('\n')}
<h2 id="errors">Error codes</h2>
${errorsTable()}
</main>
</div>
</body>
</html>
`;
}
