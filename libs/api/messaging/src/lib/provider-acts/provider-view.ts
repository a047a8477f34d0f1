import type { ProviderView } from '@tollgate/contracts';
import type { StoredProvider } from '../persistence/providers';
import { KIND_FACTS } from './provider-rules';

const instant = (ms: number): string => new Date(ms).toISOString();

/** `callbackUrl` only for who may change providers: the token in it is the second factor of callbacks. */
export function providerView({ row, credentials }: StoredProvider, callbackUrl: string | null): ProviderView {
  const facts = KIND_FACTS[row.kind];
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    channels: row.channels.split(',') as ProviderView['channels'],
    countries: row.countries,
    priority: row.priority,
    weight: row.weight,
    enabled: row.enabled,
    deprecated: facts.deprecated,
    notice: facts.notice,
    settings: row.settings as Record<string, unknown>,
    credentials: credentials.map(({ name, hint, setAt }) => ({ name, hint, set_at: instant(setAt) })),
    callback_url: callbackUrl,
    created_at: instant(row.createdAt),
    updated_at: instant(row.updatedAt),
  };
}
