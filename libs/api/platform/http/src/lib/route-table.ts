import { Injectable } from '@nestjs/common';

interface TableRow {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

/** `/v1/keys/:id` and `/assets/*` as regular expressions over a strict path. */
function patternOf(path: string): RegExp {
  const source = path
    .split('/')
    .map((segment) => {
      if (segment === '*') return '.*';
      return segment.startsWith(':') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('/');
  return new RegExp(`^${source}$`);
}

/** Every served path with its methods: tells a wrong method (405, Allow) from a wrong path (404). Not on the hot path. */
@Injectable()
export class RouteTable {
  private readonly rows = new Map<string, TableRow>();

  /** Routes on Fastify itself that do not say what they are; Nest's are checked where they are declared. */
  readonly undeclared = new Set<string>();

  add(method: string, path: string, declared: boolean): void {
    if (!declared) this.undeclared.add(`${method} ${path}`);
    const row = this.rows.get(path) ?? { pattern: patternOf(path), methods: new Set<string>() };
    row.methods.add(method);
    if (method === 'GET') row.methods.add('HEAD');
    this.rows.set(path, row);
  }

  /** The methods that some route takes at this address, sorted; none if there is nothing. */
  methodsAt(url: string): string[] {
    const path = url.split('?', 1)[0] ?? '/';
    if (!isStrictPath(url)) return [];
    const methods = new Set<string>();
    for (const { pattern, methods: taken } of this.rows.values()) {
      if (pattern.test(path)) for (const method of taken) methods.add(method);
    }
    return [...methods].sort();
  }
}

const STRICT = /^\/(?:[A-Za-z0-9._~@:=+,!$&'()*-]+(?:\/[A-Za-z0-9._~@:=+,!$&'()*-]+)*)?$/;

/**
 * Whether a request target is written in the one way that routes are: no empty, `.` or `..` segment, no slash at the
 * end, no percent-encoding (nothing of ours needs it), no `;` parameters, no absolute form. Whatever else could reach
 * a handler by a spelling that a guard or limiter in front does not recognize.
 */
export function isStrictPath(url: string): boolean {
  const end = url.indexOf('?');
  const path = end < 0 ? url : url.slice(0, end);
  return STRICT.test(path) && !/\/\.\.?(?:\/|$)/.test(path);
}
