import { DomainError } from '@tollgate/api/kernel';
import type { OrganizationSettings } from '../organization-directory';

/** What an organization begins with. */
export const DEFAULT_SETTINGS: OrganizationSettings = {
  timeZone: 'UTC',
  locale: 'en',
  lowBalanceThreshold: 100_000,
  dailySpendCap: null,
  refundUndelivered: false,
  destinationRetentionDays: 90,
  messageRetentionDays: 90,
  requestLogRetentionDays: 30,
};

/**
 * The name as it was given, when it is one of the IANA database. Offsets such as `+05:30` are refused: they have no
 * daylight saving and say nothing about a place.
 */
export function checkedTimeZone(name: string): string {
  try {
    if (!/^[A-Za-z]/.test(name)) throw new RangeError(name);
    new Intl.DateTimeFormat('en', { timeZone: name });
    return name;
  } catch {
    throw new DomainError('time_zone_invalid', { param: 'settings.time_zone' });
  }
}

/** The canonical form of a language tag: `pt-br` becomes `pt-BR`. */
export function checkedLocale(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? tag;
  } catch {
    throw new DomainError('validation_failed', { param: 'settings.locale', detail: `${tag} is not a language tag` });
  }
}

/** Settings after a change: what is left out stays. */
export function changedSettings(
  before: OrganizationSettings,
  change: { readonly [K in keyof OrganizationSettings]?: OrganizationSettings[K] | undefined },
): OrganizationSettings {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const after: OrganizationSettings = { ...before, ...given };
  return {
    ...after,
    ...(change.timeZone === undefined ? {} : { timeZone: checkedTimeZone(change.timeZone) }),
    ...(change.locale === undefined ? {} : { locale: checkedLocale(change.locale) }),
  };
}
