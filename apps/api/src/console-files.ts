import { rawRoute } from '@tollgate/api/http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const REASON = 'the console holds no data until somebody signs in';
const NONCE = '__CSP_NONCE__';
/** Addresses of the console's own router; each is answered with its one page. */
const PAGES = ['/', '/me', '/me/*', '/o/*', '/finance', '/finance/*', '/platform', '/platform/*'];
/** `main-ABCD1234.js`: the name changes with the content. */
const HASHED = /-[A-Z0-9]{8}\.[a-z0-9]+$/;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = new Set(['.css', '.js', '.json', '.svg', '.txt', '.map']);

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

/** A built file in memory, packed when first asked for: the console is a few MB and never changes while we run. */
class BuiltFile {
  readonly type: string;
  readonly etag: string;
  readonly immutable: boolean;
  private readonly packed = new Map<'br' | 'gzip', Buffer>();

  constructor(
    readonly name: string,
    readonly content: Buffer,
  ) {
    this.type = TYPES[extname(name)] ?? 'application/octet-stream';
    this.etag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    this.immutable = HASHED.test(name);
  }

  /** The bytes in the best coding that the client takes. */
  coded(accepted: string): { readonly coding: 'br' | 'gzip' | null; readonly bytes: Buffer } {
    const coding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : null;
    if (coding === null || !COMPRESSIBLE.has(extname(this.name))) return { coding: null, bytes: this.content };
    const known = this.packed.get(coding);
    if (known !== undefined) return { coding, bytes: known };
    const bytes =
      coding === 'br'
        ? brotliCompressSync(this.content, { params: { [constants.BROTLI_PARAM_QUALITY]: 7 } })
        : gzipSync(this.content);
    this.packed.set(coding, bytes);
    return { coding, bytes };
  }
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

function sendFile(file: BuiltFile, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  void reply.headers({
    'content-type': file.type,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const { coding, bytes } = file.coded(String(request.headers['accept-encoding'] ?? ''));
  if (coding !== null) void reply.header('content-encoding', coding);
  return reply.send(bytes);
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
    fastify.get(file.name, rawRoute(file.name, REASON), (request, reply) => sendFile(file, request, reply));
  }
  const page = (index?.content.toString('utf8') ?? '').split(NONCE);
  for (const path of PAGES) fastify.get(path, rawRoute(path, REASON), (_request, reply) => sendPage(page, reply));
}
