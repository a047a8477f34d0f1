import { PROVIDER_CREDENTIALS, PROVIDER_SETTINGS, type ProviderKind } from '@tollgate/contracts';
import type * as z from 'zod';
import type { SenderIdentity } from '../domain/delivery-provider';
import { compileHttpRules, type Fault } from '../domain/generic/http-provider-rules';

export type ProviderSettings<K extends ProviderKind> = z.infer<(typeof PROVIDER_SETTINGS)[K]>;
export type Credentials = Readonly<Record<string, string>>;

/** Settings of a kind with its credentials, checked. A union by kind, so that adapters are made without a cast. */
export type ProviderSetup = {
  [K in ProviderKind]: { readonly kind: K; readonly settings: ProviderSettings<K>; readonly credentials: Credentials };
}[ProviderKind];

/** Reads settings of a kind, or says everything that is wrong. Does not ask whether credentials are complete. */
export function readSettings(
  kind: ProviderKind,
  settings: unknown,
): { readonly settings: object | null; readonly faults: readonly Fault[] } {
  const parsed = PROVIDER_SETTINGS[kind].safeParse(settings);
  if (!parsed.success) {
    return {
      settings: null,
      faults: parsed.error.issues.map((issue) => ({
        path: ['settings', ...issue.path].join('.'),
        message: issue.message,
      })),
    };
  }
  if (kind !== 'http') return { settings: parsed.data, faults: [] };
  const { rules, faults } = compileHttpRules(PROVIDER_SETTINGS.http.parse(settings));
  const named = faults.map((fault) => ({ ...fault, path: `settings.${fault.path}` }));
  return { settings: rules === null ? null : parsed.data, faults: named };
}

/** The credentials that a provider may have; null for any. */
export function knownCredentials(kind: ProviderKind): readonly string[] | null {
  return kind === 'http' ? null : PROVIDER_CREDENTIALS[kind];
}

/** What is missing before it could send. */
export function missingCredentials(setup: ProviderSetup): string[] {
  const has = (name: string): boolean => (setup.credentials[name] ?? '') !== '';
  const wanted: string[] = [];
  switch (setup.kind) {
    case 'twilio':
      wanted.push('auth_token', ...(setup.settings.api_key_sid === undefined ? [] : ['api_key_secret']));
      break;
    case 'sendgrid':
    case 'fast2sms':
      wanted.push('api_key');
      break;
    case 'smtp':
      if (setup.settings.username !== undefined) wanted.push('password');
      break;
    case 'http':
      wanted.push(...(compileHttpRules(setup.settings).rules?.secrets ?? []));
      break;
    case 'carrier_email':
    case 'outbox':
      break;
  }
  return wanted.filter((name) => !has(name));
}

export function setupOf(kind: ProviderKind, settings: object, credentials: Credentials): ProviderSetup {
  return { kind, settings, credentials } as ProviderSetup;
}

interface WireSender {
  readonly country?: string | undefined;
  readonly from?: string | undefined;
  readonly messaging_service_sid?: string | undefined;
  readonly dlt_entity_id?: string | undefined;
  readonly dlt_template_id?: string | undefined;
}

/** The senders of a provider in the words of the port. */
export function sendersOf(setup: ProviderSetup): (Partial<SenderIdentity> & { readonly country?: string })[] {
  const senders: readonly WireSender[] = 'senders' in setup.settings ? (setup.settings.senders ?? []) : [];
  return senders.map((sender) => ({
    ...(sender.country === undefined ? {} : { country: sender.country }),
    from: sender.from ?? null,
    messagingServiceSid: sender.messaging_service_sid ?? null,
    dltEntityId: sender.dlt_entity_id ?? null,
    dltTemplateId: sender.dlt_template_id ?? null,
  }));
}

/** Where its requests go, for the check of the address when it is saved. Null where the vendor's own is used. */
export function addressOf(setup: ProviderSetup): string | null {
  if (setup.kind === 'http') return setup.settings.request.url.replace(/\{\{[^}]*\}\}/g, 'x');
  return 'base_url' in setup.settings ? (setup.settings.base_url ?? null) : null;
}
