import { Controller } from '@nestjs/common';
import { html, reply, ServePage, type Reply } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ACCESS = { public: 'whoever writes a client reads it' };

/** The hashes of the style elements of a page, as a Content-Security-Policy wants them. */
function styleHashes(page: string): string {
  const sheets = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((match) => match[1] ?? '');
  return sheets.map((sheet) => `'sha256-${createHash('sha256').update(sheet).digest('base64')}'`).join(' ');
}

/** A file that the build puts beside the server; null when it was not built. */
function builtFile(name: string): string | null {
  try {
    return readFileSync(join(import.meta.dirname, 'reference', name), 'utf8');
  } catch {
    return null;
  }
}

/** The OpenAPI document and the reference for people, both made from the contract by the build. */
@Controller()
export class ReferenceController {
  private readonly document = builtFile('openapi.json');
  private readonly page = builtFile('index.html');
  private readonly policy =
    `default-src 'none'; style-src ${styleHashes(this.page ?? '') || "'none'"}; img-src 'self'; ` +
    `base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

  @ServePage({ method: 'GET', path: '/openapi.json', access: ACCESS })
  openapi(): Reply {
    if (this.document === null) throw new DomainError('route_not_found');
    return reply(200, this.document, {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'public, max-age=300',
    });
  }

  @ServePage({ method: 'GET', path: '/docs', access: ACCESS })
  docs(): Reply {
    if (this.page === null) throw new DomainError('route_not_found');
    return html(200, this.page, {
      'content-security-policy': this.policy,
      'cache-control': 'public, max-age=300',
    });
  }
}
