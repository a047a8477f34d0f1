import type { FactorView } from '@tollgate/contracts';
import type { UserFactorEntity } from '../persistence/entities';

const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function factorView(factor: UserFactorEntity): FactorView {
  return {
    id: factor.id,
    kind: factor.kind,
    name: factor.name,
    status: factor.status,
    created_at: new Date(factor.createdAt).toISOString(),
    activated_at: instant(factor.activatedAt),
    last_used_at: instant(factor.lastUsedAt),
  };
}
