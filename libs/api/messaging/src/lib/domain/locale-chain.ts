/** Languages spoken to somebody of whom only the country of the number is known. */
const COUNTRY_LANGUAGE: Readonly<Record<string, string>> = {
  AE: 'ar',
  AR: 'es',
  AT: 'de',
  BE: 'fr',
  BO: 'es',
  BR: 'pt',
  CH: 'de',
  CL: 'es',
  CO: 'es',
  CR: 'es',
  CU: 'es',
  DE: 'de',
  DO: 'es',
  DZ: 'ar',
  EC: 'es',
  EG: 'ar',
  ES: 'es',
  FR: 'fr',
  GT: 'es',
  HN: 'es',
  IQ: 'ar',
  JO: 'ar',
  KW: 'ar',
  LB: 'ar',
  LY: 'ar',
  MA: 'ar',
  MX: 'es',
  MZ: 'pt',
  NI: 'es',
  OM: 'ar',
  PA: 'es',
  PE: 'es',
  PT: 'pt',
  PY: 'es',
  QA: 'ar',
  SA: 'ar',
  SN: 'fr',
  SV: 'es',
  SY: 'ar',
  TN: 'ar',
  UY: 'es',
  VE: 'es',
  YE: 'ar',
  AO: 'pt',
  CI: 'fr',
  CM: 'fr',
  LI: 'de',
  LU: 'fr',
  MC: 'fr',
};

export const LAST_LOCALE = 'en';

/** BCP 47 tags in the form that keys use: `pt-BR`, `zh-Hant-TW`. Null when it is not a tag. */
export function canonicalLocale(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, '-'))[0] ?? null;
  } catch {
    return null;
  }
}

/**
 * In which order to look for a text: the locale asked for, its parents (RFC 4647 lookup), the language of the number's
 * country, English.
 */
export function localeChain(locale: string, country: string | null): string[] {
  const chain: string[] = [];
  const subtags = (canonicalLocale(locale) ?? '').split('-').filter((subtag) => subtag !== '');
  for (let length = subtags.length; length > 0; length -= 1) {
    // A single letter opens an extension and means nothing alone.
    if (subtags[length - 1]?.length === 1 && length > 1) continue;
    chain.push(subtags.slice(0, length).join('-'));
  }
  const spoken = country === null ? undefined : COUNTRY_LANGUAGE[country];
  if (spoken !== undefined) chain.push(spoken);
  chain.push(LAST_LOCALE);
  return [...new Set(chain)];
}

/** The first of the chain that there is a text for. */
export function pickLocale(available: Iterable<string>, locale: string, country: string | null): string | null {
  const byKey = new Map([...available].map((tag) => [tag.toLowerCase(), tag]));
  for (const tag of localeChain(locale, country)) {
    const found = byKey.get(tag.toLowerCase());
    if (found !== undefined) return found;
  }
  return byKey.values().next().value ?? null;
}
