import type { FactorStatus, Page } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Database, keysetPage, where } from '@tollgate/api/database';
import type { Factor } from './factor.entity';

export interface FactorFilter {
  readonly organizationId: string | null;
  readonly applicationId: string | null;
  readonly test: boolean;
  readonly status?: FactorStatus | undefined;
  readonly userRef?: string | undefined;
}

type Raw = Omit<Factor, 'test' | 'secretSealed'> & { test: number };

/** Never the secret, not even sealed. */
const SELECTED = `id, organization_id AS organizationId, application_id AS applicationId, test, status,
  user_ref AS userRef, label, last_step AS lastStep, failed_count AS failedCount, locked_until AS lockedUntil,
  created_at AS createdAt, activated_at AS activatedAt, deleted_at AS deletedAt, last_used_at AS lastUsedAt`;

@Injectable()
export class FactorLists {
  constructor(private readonly database: Database) {}

  page(
    filter: FactorFilter,
    order: { readonly sort: string; readonly limit: number | undefined; readonly cursor: string | undefined },
  ): Promise<Page<Omit<Factor, 'secretSealed'>>> {
    const { organizationId, applicationId, test, status, userRef } = filter;
    return keysetPage<Raw, Omit<Factor, 'secretSealed'>>(this.database, {
      list: 'factors',
      select: SELECTED,
      from: 'factor',
      id: 'id',
      sorts: { created_at: 'id' },
      where: [
        organizationId === null ? null : where('organization_id = ?', organizationId),
        applicationId === null ? null : where('application_id = ?', applicationId),
        where('test = ?', test ? 1 : 0),
        status === undefined ? null : where('status = ?', status),
        userRef === undefined ? null : where('user_ref = ?', userRef),
      ],
      map: (raw) => ({ ...raw, test: Number(raw.test) === 1 }),
      ...order,
    });
  }
}
