import { DomainError } from '@tollgate/api/kernel';
import fc from 'fast-check';
import { parseForm } from './page-request';
import { parseJson } from './strict-json';

const read = (text: string): unknown => parseJson(Buffer.from(text));
const codeOf = (text: string | Buffer): string => {
  try {
    parseJson(Buffer.from(text));
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'read';
};

const forbidden = new Set(['__proto__', 'constructor', 'prototype']);
const safe = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  Object.entries(value).every(([name, member]) => !forbidden.has(name) && safe(member));

describe('the JSON reader', () => {
  it('reads whatever JSON.parse reads, to the same value', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom('', '  ', '\n'), (text, space) => {
        fc.pre(safe(JSON.parse(text)));
        expect(read(space + text + space)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('reads nothing that JSON.parse does not read', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'{}[]":,0123eE+-.truefalsn\\u \n\t'), maxLength: 24 }),
        (text) => {
          let value: unknown;
          try {
            value = JSON.parse(text);
          } catch {
            expect(codeOf(text)).not.toBe('read');
            return;
          }
          if (codeOf(text) === 'read') expect(read(text)).toEqual(value);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it.each([
    '',
    ' ',
    '{',
    '[1,]',
    '{"a":1,}',
    "{'a':1}",
    '{a:1}',
    '01',
    '+1',
    '.5',
    '1.',
    '1e',
    'NaN',
    'Infinity',
    'nul',
    'truex',
    '"\t"',
    '"\\x"',
    '[1 2]',
    '\u00a0{}',
    '/**/{}',
    '\u0000',
  ])('does not read %j', (text) => {
    expect(codeOf(text)).toBe('malformed_json');
  });

  it.each(['__proto__', 'constructor', 'prototype', '\\u005f_proto__'])('lets no member be called %s', (name) => {
    expect(codeOf(`{"a":[{"${name}":1}]}`)).toBe('malformed_json');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('counts nesting and members', () => {
    expect(codeOf('['.repeat(20) + ']'.repeat(20))).toBe('read');
    expect(codeOf('['.repeat(21) + ']'.repeat(21))).toBe('body_too_deep');
    expect(codeOf('['.repeat(50_000))).toBe('body_too_deep');
    expect(codeOf(`[${Array.from({ length: 1_000 }, () => 1).join(',')}]`)).toBe('read');
    expect(codeOf(`[${Array.from({ length: 1_001 }, () => 1).join(',')}]`)).toBe('malformed_json');
  });

  it('takes names of every object and sees one that comes twice', () => {
    expect(read('{"toString":1,"hasOwnProperty":2,"valueOf":3}')).toEqual({
      toString: 1,
      hasOwnProperty: 2,
      valueOf: 3,
    });
    expect(codeOf('{"a":1,"b":{"a":1},"a":2}')).toBe('duplicate_key');
  });

  it('takes valid UTF-8 alone', () => {
    expect(read('"ℵ💡"')).toBe('ℵ💡');
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0xef, 0xbb, 0xbf, 0x7b, 0x7d],
    ]) {
      expect(codeOf(Buffer.from(bytes))).toBe('malformed_json');
    }
    expect(codeOf('"\\ud83d"')).toBe('malformed_json');
    expect(read('"\\ud83d\\udca1"')).toBe('💡');
  });
});

describe('the form reader', () => {
  it('reads what browsers send', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
          fc.string({ unit: 'grapheme', maxLength: 20 }),
        ),
        (fields) => {
          const sent = new URLSearchParams(Object.entries(fields)).toString();
          expect({ ...parseForm(Buffer.from(sent)) }).toEqual({ ...Object.fromEntries(new URLSearchParams(sent)) });
        },
      ),
    );
  });

  it('reaches no prototype', () => {
    const fields = parseForm(Buffer.from('__proto__=x&a'));
    expect([Object.getPrototypeOf(fields), fields['a'], ({} as { x?: unknown }).x]).toEqual([null, '', undefined]);
  });
});
