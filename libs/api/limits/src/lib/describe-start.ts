import { Inject, Injectable } from '@nestjs/common';
import { KeyedHash } from '@tollgate/api/crypto';
import { addressBucket } from '@tollgate/api/http';
import type { CountedStart } from './domain/counted-by';
import type { StartAttempt } from './start-gate';

/** A start as it is counted and kept: the application's name for the person is only ever a keyed hash. */
@Injectable()
export class DescribeStart {
  constructor(@Inject(KeyedHash) private readonly hashes: KeyedHash) {}

  of(attempt: Omit<StartAttempt, 'cost' | 'kind'>): CountedStart {
    return {
      organizationId: attempt.organizationId,
      applicationId: attempt.applicationId,
      test: attempt.test,
      channel: attempt.channel,
      country: attempt.country,
      prefix: attempt.prefix,
      network: attempt.clientIp === null ? null : addressBucket(attempt.clientIp).slice(0, 64),
      userHash: attempt.userRef === null ? null : this.hashes.of('user_ref', attempt.userRef),
      destinationHash: attempt.destinationHash,
    };
  }
}
