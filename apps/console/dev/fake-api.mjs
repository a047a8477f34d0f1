// A stand-in for the API while looking at the console: `node apps/console/dev/fake-api.mjs [port]` after a build.
// Seeded data in the shapes of the contract, the headers that the real server sends, nothing else. Never shipped.
import { randomBytes } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ORGANIZATIONS, rowsOf, sessionOf } from './fake-data.mjs';

const root = process.env.CONSOLE_DIST ?? fileURLToPath(new URL('../../../dist/console/', import.meta.url));
const port = Number(process.argv[2] ?? 4200);
const TYPES = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.html': 'text/html',
  '.txt': 'text/plain',
};

const csp = (nonce) =>
  [
    "default-src 'none'",
    "base-uri 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types angular angular#components',
  ].join('; ');

const json = (response, status, body, headers = {}) => {
  response.writeHead(status, {
    'content-type': status >= 400 ? 'application/problem+json' : 'application/json',
    ...headers,
  });
  response.end(body === null ? undefined : JSON.stringify(body));
};
const problem = (response, status, code, title, more = {}) =>
  json(response, status, {
    type: `/docs#${code}`,
    title,
    status,
    code,
    request_id: 'req_01KAMCX4E8S0N6R2V5T9W3Y7ZB',
    ...more,
  });

/** `role` cookie: super_admin, auditor, finance, owner, viewer …; without one a super admin. */
const roleOf = (request) => /(?:^|; )role=([a-z_]+)/.exec(request.headers.cookie ?? '')?.[1] ?? 'super_admin';

createServer((request, response) => {
  const url = new URL(request.url, `http://127.0.0.1:${port}`);
  const { pathname, searchParams: query } = url;
  if (pathname === '/healthz') return json(response, 200, { status: 'ok' });
  if (!pathname.startsWith('/v1/')) return serveFile(pathname, response);
  const session = sessionOf(roleOf(request));
  if (query.get('q') === 'fail')
    return problem(response, 500, 'internal_error', 'Something went wrong on our side; tell us the request_id');
  if (pathname === '/v1/session')
    return request.method === 'DELETE' ? json(response, 204, null) : json(response, 200, session);
  if (pathname === '/v1/session/step-up') return json(response, 200, session.assurance);
  if (pathname === '/v1/credits')
    return json(response, 200, credits(request.headers['tollgate-organization'] ?? session.organization.id));
  if (pathname === '/v1/search') return json(response, 200, { data: search(query.get('q') ?? '') });
  const list = rowsOf(pathname);
  if (!list) return problem(response, 404, 'route_not_found', 'There is nothing at this path; see /docs');
  return json(response, 200, pageOf(list, query));
}).listen(port, '127.0.0.1', () => process.stdout.write(`http://127.0.0.1:${port}\n`));

function pageOf(list, query) {
  const q = query.get('q')?.toLowerCase();
  let rows = q ? list.filter((row) => JSON.stringify(row).toLowerCase().includes(q)) : [...list];
  for (const [name, value] of query) {
    if (['q', 'limit', 'cursor', 'sort', 'test', 'from', 'to'].includes(name)) continue;
    rows = rows.filter((row) => value.split(',').includes(String(row[name])));
  }
  const sort = query.get('sort');
  if (sort) {
    const field = sort.replace(/^-/, '');
    rows.sort((a, b) => (a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0) * (sort.startsWith('-') ? -1 : 1));
  }
  const start = Number(query.get('cursor') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  return {
    data: rows.slice(start, start + limit),
    next_cursor: start + limit < rows.length ? String(start + limit) : null,
    total_estimate: rows.length > 10_000 ? null : rows.length,
  };
}

function credits(organization) {
  const low = organization.endsWith('2');
  const balance = low ? 96_500 : 1_284_500;
  return {
    organization_id: organization,
    balance,
    held: 14_000,
    available: balance - 14_000,
    low_balance_threshold: 100_000,
    low,
    burn: { window_days: 7, per_day: 61_250, days_left: low ? 1.3 : 20.7 },
    as_of: new Date().toISOString(),
  };
}

const search = (q) =>
  ORGANIZATIONS.filter((one) => one.name.toLowerCase().includes(q.toLowerCase()))
    .slice(0, 5)
    .map((one) => ({
      type: 'organization',
      id: one.id,
      label: one.name,
      detail: one.slug,
      organization_id: one.id,
    }));

function serveFile(pathname, response) {
  const wanted = join(root, normalize(pathname));
  const file =
    wanted.startsWith(root) && existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(root, 'index.html');
  if (!existsSync(file)) return problem(response, 503, 'unavailable', 'Build the console first: nx build console');
  const type = TYPES[extname(file)] ?? 'application/octet-stream';
  if (!file.endsWith('index.html')) {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'max-age=60' });
    return createReadStream(file).pipe(response);
  }
  const nonce = randomBytes(16).toString('base64');
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': csp(nonce),
    'x-content-type-options': 'nosniff',
  });
  response.end(readFileSync(file, 'utf8').replaceAll('__CSP_NONCE__', nonce));
}
