import type { KeyView } from '@tollgate/contracts';
import { keyHint, keyState } from '../domain/key-state';
import type { NamedApiKey } from '../persistence/api-keys';

const instant = (ms: number): string => new Date(ms).toISOString();
const orNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));

export function keyView(row: NamedApiKey, now: number): KeyView {
  return {
    id: row.id,
    organization_id: row.organizationId,
    application_id: row.applicationId,
    application_name: row.applicationName,
    kind: row.kind,
    name: row.name,
    hint: keyHint(row.kind, row.lastFour),
    scopes: row.scopes,
    allowed_addresses: row.allowedAddresses,
    status: keyState(row, now),
    expires_at: orNull(row.expiresAt),
    last_used_at: orNull(row.lastUsedAt),
    last_used_address: row.lastUsedAddress,
    replaced_by: row.replacedBy,
    replaces: row.replaces,
    revoked_at: orNull(row.revokedAt),
    created_at: instant(row.createdAt),
    created_by: row.createdBy,
  };
}

/** What the audit row of a new key says: everything but the token. */
export function auditedKey(row: NamedApiKey): Record<string, unknown> {
  return {
    kind: row.kind,
    name: row.name,
    hint: keyHint(row.kind, row.lastFour),
    application_id: row.applicationId,
    scopes: row.scopes,
    allowed_addresses: row.allowedAddresses,
    expires_at: orNull(row.expiresAt),
    replaces: row.replaces,
  };
}
