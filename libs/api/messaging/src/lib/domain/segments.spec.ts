import { countSegments } from './segments';

describe('counting the segments of an SMS', () => {
  it.each([
    ['', 'gsm7', 0, 1],
    ['a'.repeat(160), 'gsm7', 160, 1],
    ['a'.repeat(161), 'gsm7', 161, 2],
    ['a'.repeat(306), 'gsm7', 306, 2],
    ['a'.repeat(307), 'gsm7', 307, 3],
    ['€'.repeat(80), 'gsm7', 160, 1],
    ['€'.repeat(81), 'gsm7', 162, 2],
    ['ж'.repeat(70), 'ucs2', 70, 1],
    ['ж'.repeat(71), 'ucs2', 71, 2],
    ['ж'.repeat(134), 'ucs2', 134, 2],
    ['ж'.repeat(135), 'ucs2', 135, 3],
    ['😀'.repeat(35), 'ucs2', 70, 1],
    ['😀'.repeat(36), 'ucs2', 72, 2],
  ] as const)('counts %# as its encoding, units and segments', (text, encoding, units, segments) => {
    expect(countSegments(text)).toMatchObject({ encoding, units, segments });
  });

  it('does not cut an escaped character at the border of a segment', () => {
    // 152 + € (2) does not fit in 153: the € moves on, so 152 + 2 + 152 takes three.
    expect(countSegments(`${'a'.repeat(152)}€${'a'.repeat(152)}`).segments).toBe(3);
    expect(countSegments('a'.repeat(306)).segments).toBe(2);
  });

  it('does not cut a surrogate pair at the border of a segment', () => {
    expect(countSegments(`${'ж'.repeat(66)}😀${'ж'.repeat(66)}`).segments).toBe(3);
  });

  it('names the characters that force UCS-2', () => {
    expect(countSegments('Ваш code’s').beyondGsm7).toEqual(['В', 'а', 'ш', '’']);
    expect(countSegments('plain ñ é').beyondGsm7).toEqual([]);
  });
});
