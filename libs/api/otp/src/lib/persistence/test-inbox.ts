import type { Page } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Database, keysetPage, where } from '@tollgate/api/database';
import { idFloor } from './id-floor';
import type { StoredSendState } from './verification-parts.entity';

export interface TestInboxFilter {
  readonly organizationId: string | null;
  readonly applicationId: string | null;
  readonly destinationHash?: string | undefined;
  readonly verificationId?: string | undefined;
  /** Epoch ms; verifications that were started earlier are left out. */
  readonly since: number;
}

export interface TestSend {
  readonly messageId: string;
  readonly verificationId: string;
  readonly channel: 'sms' | 'email';
  readonly destinationMasked: string | null;
  readonly state: StoredSendState;
  readonly queuedAt: number;
}

/** The sends of test keys. */
@Injectable()
export class TestInbox {
  constructor(private readonly database: Database) {}

  page(
    filter: TestInboxFilter,
    order: { readonly limit: number | undefined; readonly cursor: string | undefined },
  ): Promise<Page<TestSend>> {
    const { organizationId, applicationId, destinationHash, verificationId, since } = filter;
    return keysetPage<TestSend, TestSend>(this.database, {
      list: 'test_messages',
      select: `s.message_id AS messageId, s.verification_id AS verificationId, s.channel AS channel,
        s.destination_masked AS destinationMasked, s.state AS state, s.queued_at AS queuedAt`,
      from: 'verification v JOIN verification_send s ON s.verification_id = v.id',
      id: 's.message_id',
      sorts: { created_at: 's.message_id' },
      sort: '-created_at',
      where: [
        where('v.test = 1'),
        // Not a filter of the reader, and another one each moment: the cursor must not depend on it.
        where(`v.id >= '${idFloor('vrf', Math.floor(since / 3_600_000) * 3_600_000)}'`),
        organizationId === null ? null : where('v.organization_id = ?', organizationId),
        applicationId === null ? null : where('v.application_id = ?', applicationId),
        destinationHash === undefined ? null : where('s.destination_hash = ?', destinationHash),
        verificationId === undefined ? null : where('v.id = ?', verificationId),
      ],
      map: (row) => row,
      ...order,
    });
  }
}
