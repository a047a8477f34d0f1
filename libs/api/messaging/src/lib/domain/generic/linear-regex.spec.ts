import * as fc from 'fast-check';
import { LinearRegex } from './linear-regex';

describe('regular expressions in linear time', () => {
  const alphabet = fc.constantFrom('a', 'b', 'c', 'A', '1', ' ', '\n', '-');
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '[a-c1]',
    '\\d',
    '\\w',
    '\\s',
    '\\W',
    '(?:ab|c)',
    '(a|b)',
    '(a|)',
    '\\-',
  );
  const piece = fc
    .tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}', '{1,3}', '{0,2}', '{1,}'))
    .map(([a, q]) => a + q);
  const pattern = fc
    .tuple(
      fc.constantFrom('', '^'),
      fc.array(piece, { minLength: 1, maxLength: 4 }),
      fc.constantFrom('', '$'),
      fc.constantFrom('', '|b$', '|^c'),
    )
    .map(([start, pieces, end, other]) => start + pieces.join('') + end + other);

  it('finds what JavaScript finds', () => {
    fc.assert(
      fc.property(pattern, fc.string({ unit: alphabet, maxLength: 12 }), (source, text) => {
        expect(LinearRegex.compile(source).test(text)).toBe(new RegExp(source).test(text));
        expect(LinearRegex.compile(`(?i)${source}`).test(text)).toBe(new RegExp(source, 'i').test(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    ['(a+)+$', false],
    ['(a|a)*b', false],
    ['(a*)*b', false],
    ['(.*)*x', false],
    ['(a?){25}a{25}', true],
    ['^(\\w+\\s?)*$', false],
  ])('answers %s, on which a backtracking matcher would hang', (source, expected) => {
    expect(LinearRegex.compile(source).test(`${'a'.repeat(2_000)}!`)).toBe(expected);
  });

  it.each([
    '(',
    ')',
    '[a',
    'a{',
    'a{60}',
    '*',
    '(?=a)',
    '(?<x>a)',
    '\\1',
    '\\b',
    'a\\',
    '[z-a]',
    '(a{50}){50}',
    'x'.repeat(201),
  ])('refuses %s when it is compiled', (source) => {
    expect(() => LinearRegex.compile(source)).toThrow(SyntaxError);
  });

  it('ignores case when told', () => {
    expect(LinearRegex.compile('(?i)error').test('Some ERROR here')).toBe(true);
    expect(LinearRegex.compile('error').test('Some ERROR here')).toBe(false);
  });
});
