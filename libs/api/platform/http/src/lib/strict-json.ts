import { isUtf8 } from 'node:buffer';
import { DomainError } from '@tollgate/api/kernel';

const MAX_DEPTH = 20;
const MAX_MEMBERS = 1_000;
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LONE_SURROGATE = /\p{Cs}/u;
const LITERALS: readonly (readonly [string, unknown])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

/**
 * A JSON reader (RFC 8259) that refuses what `JSON.parse` lets through: members named twice, numbers that become
 * infinite, lone surrogates, members that reach a prototype, nesting beyond 20 and more than 1000 members or elements.
 */
class JsonReader {
  private at = 0;
  private depth = 0;
  private members = 0;

  constructor(
    private readonly text: string,
    private readonly maxMembers: number,
  ) {}

  document(): unknown {
    const value = this.value();
    this.space();
    if (this.at !== this.text.length) throw this.malformed();
    return value;
  }

  private malformed(detail?: string): DomainError {
    return new DomainError('malformed_json', {
      detail: detail ?? `The body is not valid JSON at character ${this.at + 1}`,
    });
  }

  private space(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.at += 1;
    }
  }

  private value(): unknown {
    this.space();
    const next = this.text[this.at];
    if (next === '{') return this.nested(() => this.object());
    if (next === '[') return this.nested(() => this.array());
    if (next === '"') return this.string();
    for (const [word, value] of LITERALS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  private nested<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) throw new DomainError('body_too_deep');
    this.at += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  private count(): void {
    this.members += 1;
    if (this.members > this.maxMembers) throw this.malformed(`The body has more than ${this.maxMembers} members`);
  }

  /** Whether the character comes next; takes it. */
  private take(character: string): boolean {
    this.space();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private object(): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    if (this.take('}')) return result;
    do {
      this.space();
      if (this.text[this.at] !== '"') throw this.malformed();
      const name = this.string();
      if (FORBIDDEN.has(name)) throw this.malformed(`A member may not be called ${name}`);
      if (Object.hasOwn(result, name)) {
        throw new DomainError('duplicate_key', { param: name.slice(0, 100) });
      }
      if (!this.take(':')) throw this.malformed();
      this.count();
      result[name] = this.value();
    } while (this.take(','));
    if (!this.take('}')) throw this.malformed();
    return result;
  }

  private array(): unknown[] {
    const result: unknown[] = [];
    if (this.take(']')) return result;
    do {
      this.count();
      result.push(this.value());
    } while (this.take(','));
    if (!this.take(']')) throw this.malformed();
    return result;
  }

  private string(): string {
    const start = this.at;
    let plain = true;
    for (let at = start + 1; ; at += 1) {
      const code = this.text.charCodeAt(at);
      // NaN past the end, and control characters, fail here.
      if (!(code >= 0x20)) {
        this.at = at;
        throw this.malformed();
      }
      if (code === 0x5c) {
        plain = false;
        at += 1;
      } else if (code === 0x22) {
        this.at = at + 1;
        return plain ? this.text.slice(start + 1, at) : this.unescaped(start, at + 1);
      }
    }
  }

  private unescaped(start: number, end: number): string {
    let value: unknown;
    try {
      value = JSON.parse(this.text.slice(start, end));
    } catch {
      this.at = start;
      throw this.malformed();
    }
    if (typeof value !== 'string' || LONE_SURROGATE.test(value)) throw this.malformed('A text holds half a character');
    return value;
  }

  private number(): number {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text);
    if (found === null) throw this.malformed();
    this.at += found[0].length;
    const value = Number(found[0]);
    if (!Number.isFinite(value)) throw this.malformed('A number is too large');
    return value;
  }
}

/**
 * Reads a JSON body from its bytes.
 * @throws DomainError malformed_json, duplicate_key, body_too_deep
 */
export function parseJson(bytes: Buffer, maxMembers = MAX_MEMBERS): unknown {
  if (!isUtf8(bytes)) throw new DomainError('malformed_json', { detail: 'The body is not valid UTF-8' });
  return new JsonReader(bytes.toString('utf8'), maxMembers).document();
}
