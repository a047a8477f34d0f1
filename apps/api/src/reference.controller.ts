import { Controller } from '@nestjs/common';
import { Page, reply, ServePage, type PageRequest, type Reply } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BuiltFile } from './built-file';

const ACCESS = { public: 'whoever writes a client reads it' };

/** The hashes of the style elements of a page, as a Content-Security-Policy wants them. */
function styleHashes(page: string): string {
  const sheets = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map((match) => match[1] ?? '');
  return sheets.map((sheet) => `'sha256-${createHash('sha256').update(sheet).digest('base64')}'`).join(' ');
}

/** A file that the build puts beside the server; null when it was not built. */
function builtFile(name: string): BuiltFile | null {
  try {
    return new BuiltFile(name, readFileSync(join(import.meta.dirname, 'reference', name)));
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
    `default-src 'none'; style-src ${styleHashes(this.page?.content.toString('utf8') ?? '') || "'none'"}; ` +
    `img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

  @ServePage({ method: 'GET', path: '/openapi.json', access: ACCESS })
  openapi(@Page() page: PageRequest): Reply {
    return this.send(this.document, page);
  }

  @ServePage({ method: 'GET', path: '/docs', access: ACCESS })
  docs(@Page() page: PageRequest): Reply {
    return this.send(this.page, page, { 'content-security-policy': this.policy });
  }

  private send(file: BuiltFile | null, page: PageRequest, more: Record<string, string> = {}): Reply {
    if (file === null) throw new DomainError('route_not_found');
    const { status, headers, body } = file.answer(page.headers);
    return reply(status, body, { ...headers, ...more });
  }
}
