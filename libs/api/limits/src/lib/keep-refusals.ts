import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId, RequestContext } from '@tollgate/api/kernel';
import { DescribeStart } from './describe-start';
import { maskedPrefix } from './domain/networks';
import { Refusals } from './persistence/refusals';
import type { RefusalLog } from './start-gate';

/** Keeps why a request was refused. Not inside a transaction: the refusal that rolls it back would go with it. */
@Injectable()
export class KeepRefusals implements RefusalLog {
  constructor(
    @Inject(Refusals) private readonly refusals: Refusals,
    @Inject(DescribeStart) private readonly describe: DescribeStart,
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async record({ attempt, ...refusal }: Parameters<RefusalLog['record']>[0]): Promise<void> {
    this.unitOfWork.forbidInside('keeping a refusal');
    const start = this.describe.of(attempt);
    const at = this.clock.recordedAt();
    await this.refusals.add({
      id: newId('ref', at),
      requestId: RequestContext.current()?.requestId ?? 'job',
      organizationId: start.organizationId,
      applicationId: start.applicationId,
      test: start.test,
      outcome: refusal.outcome,
      code: refusal.code,
      policy: refusal.policy,
      reasons: [...refusal.reasons],
      kind: attempt.kind,
      channel: start.channel,
      destinationMasked: maskedPrefix(start.prefix),
      destinationHash: start.destinationHash,
      country: start.country,
      prefix: start.prefix,
      network: start.network,
      clientIp: attempt.clientIp?.slice(0, 64) ?? null,
      userHash: start.userHash,
      retryAfter: refusal.retryAfter,
      at,
    });
  }
}
