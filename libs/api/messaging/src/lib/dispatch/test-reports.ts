import { Injectable } from '@nestjs/common';
import { Clock } from '@tollgate/api/kernel';
import { RecordReport } from './record-report';
import { TestNetwork } from './test-network';

/** Takes the reports of the test network where those of vendors go. */
@Injectable()
export class TestReports {
  constructor(
    private readonly network: TestNetwork,
    private readonly record: RecordReport,
    private readonly clock: Clock,
  ) {}

  connect(): void {
    this.network.connect(async (attemptId, state, eventId) => {
      await this.record.execute({
        providerId: null,
        provider: 'test',
        attemptId,
        providerMessageId: null,
        state,
        refusal: null,
        eventId,
        at: this.clock.recordedAt(),
      });
    });
  }
}
