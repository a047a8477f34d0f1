import { rawRoute } from '@tollgate/api/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { BuiltFile } from './built-file';

const REASON = 'the console holds no data until somebody signs in';
const NONCE = '__CSP_NONCE__';
/** Addresses of the console's own router; each is answered with its one page. */
const PAGES = ['/', '/me', '/me/*', '/o/*', '/finance', '/finance/*', '/platform', '/platform/*'];
/** The policy of the console's page: scripts and styles of this origin or with this answer's nonce, nothing by text. */
export function consolePolicy(nonce: string): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types angular angular#components',
  ].join('; ');
}

/** Where the build left the console; null when only the API was built. */
export function consoleFolder(): string | null {
  const built = resolve(import.meta.dirname, '../console');
  return [join(built, 'browser'), built].find((folder) => existsSync(join(folder, 'index.html'))) ?? null;
}

function filesIn(folder: string): BuiltFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => new BuiltFile(path.slice(folder.length), readFileSync(path)));
}

/** The one page, with a nonce of its own for each answer. */
function sendPage(page: readonly string[], reply: FastifyReply): FastifyReply {
  const nonce = randomBytes(16).toString('base64');
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': consolePolicy(nonce),
      'referrer-policy': 'same-origin',
    })
    .send(page.join(nonce));
}

/**
 * Serves the built console from this origin, when there is one. Every file is a route of its own, known at start-up:
 * no path is ever joined to a folder.
 */
export function serveConsole(app: NestFastifyApplication, folder: string | null = consoleFolder()): void {
  if (folder === null) return;
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const files = filesIn(folder);
  const index = files.find((file) => file.name === '/index.html');
  for (const file of files) {
    if (file === index || file.name.endsWith('.map')) continue;
    fastify.get(file.name, rawRoute(file.name, REASON), (request, reply) => {
      const { status, headers, body } = file.answer(request.headers);
      return reply.code(status).headers(headers).send(body);
    });
  }
  const page = (index?.content.toString('utf8') ?? '').split(NONCE);
  for (const path of PAGES) fastify.get(path, rawRoute(path, REASON), (_request, reply) => sendPage(page, reply));
}
