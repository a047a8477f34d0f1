import { isSupportedCountry } from 'libphonenumber-js/max';
import { DomainError } from '@tollgate/api/kernel';
import type { SettingsChange } from '../application-view';

/** What the shape of settings cannot say: a country that exists and is dialled, a language that is one. */
export function checkSettings(change: SettingsChange, path = 'settings.'): void {
  const unknown = change.allowed_countries?.find((country) => !isSupportedCountry(country));
  if (unknown !== undefined) {
    const param = `${path}allowed_countries`;
    throw new DomainError('validation_failed', { param, detail: `${unknown} is not a country that can be dialled` });
  }
  if (change.locale === undefined) return;
  try {
    Intl.getCanonicalLocales(change.locale);
  } catch {
    const detail = `${change.locale} is not a language tag`;
    throw new DomainError('validation_failed', { param: `${path}locale`, detail });
  }
}
