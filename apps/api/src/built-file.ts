import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { extname } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

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
const COMPRESSIBLE = new Set(['.css', '.html', '.js', '.json', '.svg', '.txt', '.map']);

/** A built file in memory, packed when first asked for: the console is a few MB and never changes while we run. */
export class BuiltFile {
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

  /** The answer to a GET with these headers. */
  answer(asked: IncomingHttpHeaders): { status: number; headers: Record<string, string>; body: Buffer | undefined } {
    const headers: Record<string, string> = {
      'content-type': this.type,
      'cache-control': this.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=300',
      etag: this.etag,
      vary: 'accept-encoding',
    };
    if (asked['if-none-match'] === this.etag) return { status: 304, headers, body: undefined };
    const { coding, bytes } = this.coded(String(asked['accept-encoding'] ?? ''));
    if (coding !== null) headers['content-encoding'] = coding;
    return { status: 200, headers, body: bytes };
  }

  /** The bytes in the best coding that the client takes. */
  private coded(accepted: string): { readonly coding: 'br' | 'gzip' | null; readonly bytes: Buffer } {
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
