import type { OrganizationView } from '@tollgate/contracts';
import type { OrganizationFacts, OrganizationSettings } from './organization-directory';
import type { OrganizationRow } from './persistence/organization.entity';

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };

const instant = (ms: number): string => new Date(ms).toISOString();

export function settingsOf(row: OrganizationRow): OrganizationSettings {
  return {
    timeZone: row.timeZone,
    locale: row.locale,
    lowBalanceThreshold: row.lowBalanceThreshold,
    dailySpendCap: row.dailySpendCap,
    refundUndelivered: row.refundUndelivered,
    destinationRetentionDays: row.destinationRetentionDays,
    messageRetentionDays: row.messageRetentionDays,
    requestLogRetentionDays: row.requestLogRetentionDays,
  };
}

export function factsOf(row: OrganizationRow): OrganizationFacts {
  const { id, slug, name, status, country, builtIn } = row;
  return { id, slug, name, status, country, builtIn, settings: settingsOf(row) };
}

/** The wire's settings members, by the names of the domain. */
export function settingsFromWire(wire: Loose<OrganizationView['settings']>): Loose<OrganizationSettings> {
  return {
    timeZone: wire.time_zone,
    locale: wire.locale,
    lowBalanceThreshold: wire.low_balance_threshold,
    dailySpendCap: wire.daily_spend_cap,
    refundUndelivered: wire.refund_undelivered,
    destinationRetentionDays: wire.destination_retention_days,
    messageRetentionDays: wire.message_retention_days,
    requestLogRetentionDays: wire.request_log_retention_days,
  };
}

function settingsView(settings: OrganizationSettings): OrganizationView['settings'] {
  return {
    time_zone: settings.timeZone,
    locale: settings.locale,
    low_balance_threshold: settings.lowBalanceThreshold,
    daily_spend_cap: settings.dailySpendCap,
    refund_undelivered: settings.refundUndelivered,
    destination_retention_days: settings.destinationRetentionDays,
    message_retention_days: settings.messageRetentionDays,
    request_log_retention_days: settings.requestLogRetentionDays,
  };
}

/** What an audit row compares: every member that somebody can change, by its name on the wire. */
export function auditedFields(row: OrganizationRow): Record<string, unknown> {
  const { slug, name, status, country } = row;
  const settings = Object.entries(settingsView(settingsOf(row))).map(([field, value]) => [`settings.${field}`, value]);
  return { name, slug, status, country, ...Object.fromEntries(settings) };
}

export function organizationView(row: OrganizationRow): OrganizationView {
  return {
    id: row.id,
    slug: row.slug,
    name: row.name,
    status: row.status,
    country: row.country,
    built_in: row.builtIn,
    suspended_at: row.suspendedAt === null ? null : instant(row.suspendedAt),
    suspension_reason: row.suspensionReason,
    settings: settingsView(settingsOf(row)),
    version: row.version,
    created_at: instant(row.createdAt),
    updated_at: instant(row.updatedAt),
  };
}
