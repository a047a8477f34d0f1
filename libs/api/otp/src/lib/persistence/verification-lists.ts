import type { Page, VerificationChannel, VerificationStatus } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Database, keysetPage, where, type Condition } from '@tollgate/api/database';
import { idFloor } from './id-floor';
import type { Verification } from './verification.entity';
import { ofRaw, SELECTED, type RawVerification } from './verification-writes';

export interface VerificationFilter {
  readonly organizationId: string | null;
  readonly applicationId: string | null;
  readonly test: boolean;
  readonly status?: VerificationStatus | undefined;
  readonly channel?: VerificationChannel | undefined;
  readonly country?: string | undefined;
  readonly purpose?: string | undefined;
  readonly createdFrom?: number | undefined;
  readonly createdBefore?: number | undefined;
  readonly destinationHash?: string | undefined;
  readonly id?: string | undefined;
}

export interface VerificationOrder {
  readonly sort: string;
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
}

/** Lists of verifications, by time: ids sort by creation, so the primary key and `(organization_id, test, id)` serve. */
@Injectable()
export class VerificationLists {
  constructor(private readonly database: Database) {}

  page(filter: VerificationFilter, order: VerificationOrder): Promise<Page<Verification>> {
    return keysetPage<RawVerification, Verification>(this.database, {
      list: 'verifications',
      select: SELECTED,
      from: this.database.engine === 'mysql' ? `verification${forcedIndex(filter)}` : 'verification',
      id: 'id',
      sorts: { created_at: 'id' },
      where: conditionsOf(filter),
      map: ofRaw,
      ...order,
    });
  }
}

/**
 * MariaDB finds the rows of an organization by index and then walks them all from the newest, so that each page costs
 * more than the one before; only a forced index lets it begin at the cursor.
 */
function forcedIndex(filter: VerificationFilter): string {
  if (filter.destinationHash !== undefined || filter.id !== undefined) return '';
  if (filter.organizationId !== null && filter.status !== undefined) return ' FORCE INDEX (verification_by_status)';
  if (filter.applicationId !== null) return ' FORCE INDEX (verification_by_application)';
  return filter.organizationId === null ? '' : ' FORCE INDEX (verification_by_organization)';
}

function conditionsOf(filter: VerificationFilter): (Condition | null)[] {
  const when = <T>(value: T | null | undefined, make: (value: T) => Condition): Condition | null =>
    value === null || value === undefined ? null : make(value);
  return [
    when(filter.organizationId, (id) => where('organization_id = ?', id)),
    when(filter.applicationId, (id) => where('application_id = ?', id)),
    where('test = ?', filter.test ? 1 : 0),
    when(filter.status, (status) => where('status = ?', status)),
    when(filter.channel, (channel) => where('channel = ?', channel)),
    when(filter.country, (country) => where('country = ?', country)),
    when(filter.purpose, (purpose) => where('purpose = ?', purpose)),
    when(filter.createdFrom, (from) => where('id >= ?', idFloor('vrf', from))),
    when(filter.createdBefore, (before) => where('id < ?', idFloor('vrf', before))),
    when(filter.destinationHash, (hash) => where('destination_hash = ?', hash)),
    when(filter.id, (id) => where('id = ?', id)),
  ];
}
