import type { ApplicationSettingsView, ApplicationView } from '@tollgate/contracts';
import type { ApplicationFacts } from './application-directory';
import { openToAnyAddress } from './domain/address-rule';
import type { KeySummary } from './persistence/api-keys';
import type { ApplicationRow } from './persistence/application.entity';

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
type CodeChange = Loose<ApplicationSettingsView['code']>;
export type SettingsChange = Loose<
  Omit<ApplicationSettingsView, 'application_id' | 'version' | 'code' | 'templates'>
> & {
  readonly code?: CodeChange | undefined;
  readonly templates?: Loose<ApplicationSettingsView['templates']> | undefined;
};

const instant = (ms: number): string => new Date(ms).toISOString();

export function factsOf(row: ApplicationRow): ApplicationFacts {
  return {
    id: row.id,
    organizationId: row.organizationId,
    name: row.name,
    status: row.status,
    addressMode: row.addressMode,
    allowedAddresses: row.allowedAddresses,
    code: { length: row.codeLength, ttlSeconds: row.codeTtlS, maxChecks: row.codeMaxChecks },
    allowedCountries: row.allowedCountries,
    dailySpendCap: row.dailySpendCap,
    locale: row.locale,
    templates: row.templates,
    webDomain: row.webDomain,
    androidHash: row.androidHash,
    fraudGuard: row.fraudGuard,
  };
}

/** The columns that a change of settings sets; what it leaves out stays. */
export function changedColumns(row: ApplicationRow, change: SettingsChange): ApplicationRow {
  const { code = {}, templates } = change;
  const keep = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given);
  return {
    ...row,
    codeLength: keep(code.length, row.codeLength),
    codeTtlS: keep(code.ttl_s, row.codeTtlS),
    codeMaxChecks: keep(code.max_checks, row.codeMaxChecks),
    templates: templates === undefined ? row.templates : defined(templates),
    allowedCountries:
      change.allowed_countries === undefined ? row.allowedCountries : sortedOnce(change.allowed_countries),
    dailySpendCap: keep(change.daily_spend_cap, row.dailySpendCap),
    fraudGuard: keep(change.fraud_guard, row.fraudGuard),
    webDomain: keep(change.web_domain, row.webDomain),
    androidHash: keep(change.android_hash, row.androidHash),
    locale: keep(change.locale, row.locale),
  };
}

const sortedOnce = (countries: readonly string[] | null): string[] | null =>
  countries === null ? null : [...new Set(countries)].sort();

const defined = (templates: Loose<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(templates).filter((entry): entry is [string, string] => entry[1] !== undefined));

export function settingsView(row: ApplicationRow): ApplicationSettingsView {
  const { sms, email } = row.templates;
  return {
    application_id: row.id,
    code: { length: row.codeLength, ttl_s: row.codeTtlS, max_checks: row.codeMaxChecks },
    templates: { ...(sms === undefined ? {} : { sms }), ...(email === undefined ? {} : { email }) },
    allowed_countries: row.allowedCountries,
    daily_spend_cap: row.dailySpendCap,
    fraud_guard: row.fraudGuard,
    web_domain: row.webDomain,
    android_hash: row.androidHash,
    locale: row.locale,
    version: row.version,
  };
}

/** `keys`: the summaries of this application's keys, live and test. */
export function applicationView(row: ApplicationRow, keys: readonly KeySummary[]): ApplicationView {
  const active = (kind: 'live' | 'test'): number => keys.find((summary) => summary.kind === kind)?.active ?? 0;
  const used = keys.flatMap((summary) => summary.lastUsedAt ?? []);
  return {
    id: row.id,
    organization_id: row.organizationId,
    name: row.name,
    status: row.status,
    site_key: row.siteKey,
    base_url: row.baseUrl,
    allowed_origins: row.allowedOrigins,
    address_mode: row.addressMode,
    allowed_addresses: row.allowedAddresses,
    open_to_any_address: openToAnyAddress(row.addressMode, row.allowedAddresses),
    active_keys: { live: active('live'), test: active('test') },
    last_used_at: used.length === 0 ? null : instant(Math.max(...used)),
    version: row.version,
    created_at: instant(row.createdAt),
    updated_at: instant(row.updatedAt),
  };
}

/** What an audit row compares: every member that somebody can change, by its name on the wire. */
export function auditedFields(row: ApplicationRow): Record<string, unknown> {
  const { application_id: _id, version: _version, code, ...settings } = settingsView(row);
  const named = [
    ...Object.entries(code).map(([field, value]) => [`settings.code.${field}`, value]),
    ...Object.entries(settings).map(([field, value]) => [`settings.${field}`, value]),
  ];
  return {
    name: row.name,
    status: row.status,
    site_key: row.siteKey,
    base_url: row.baseUrl,
    allowed_origins: row.allowedOrigins,
    address_mode: row.addressMode,
    allowed_addresses: row.allowedAddresses,
    ...Object.fromEntries(named),
  };
}
