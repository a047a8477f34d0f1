import { canonicalLocale, localeChain, pickLocale } from './locale-chain';

describe('the choice of a locale', () => {
  it.each([
    ['pt-BR', null, ['pt-BR', 'pt', 'en']],
    ['zh-Hant-TW', null, ['zh-Hant-TW', 'zh-Hant', 'zh', 'en']],
    ['sw', 'MX', ['sw', 'es', 'en']],
    ['en', 'DE', ['en', 'de']],
    ['not a tag', 'BR', ['pt', 'en']],
    ['hi_IN', 'IN', ['hi-IN', 'hi', 'en']],
    ['de-u-co-phonebk', null, ['de-u-co-phonebk', 'de-u-co', 'de', 'en']],
  ])('%s in %s goes %j', (locale, country, chain) => {
    expect(localeChain(locale, country)).toEqual(chain);
  });

  it('takes the first of the chain that there is, whatever its case', () => {
    expect(pickLocale(['en', 'pt-br'], 'pt-BR', null)).toBe('pt-br');
    expect(pickLocale(['hi', 'en'], 'hi-IN', 'IN')).toBe('hi');
    expect(pickLocale(['fr'], 'de', null)).toBe('fr');
    expect(pickLocale([], 'de', null)).toBeNull();
  });

  it('writes tags in one form', () => {
    expect(canonicalLocale('PT-br')).toBe('pt-BR');
    expect(canonicalLocale('x y')).toBeNull();
  });
});
