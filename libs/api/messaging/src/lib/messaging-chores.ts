import { Injectable } from '@nestjs/common';
import { JobHandlers } from '@tollgate/api/jobs';
import { MessageDispatcher } from './dispatch/message-dispatcher';
import { ProviderAlarm } from './dispatch/provider-alarm';
import { TestReports } from './dispatch/test-reports';
import { ForgetMessages } from './message-acts/forget-messages';
import { MessageOwners } from './message-queue';
import { SAMPLE_SOURCE, SampleCodes } from './sample-codes';

const SWEEP_EVERY_MS = 1_000;
const OUTAGES_EVERY_MS = 30_000;
const RETENTION_EVERY_MS = 3_600_000;

/** The recurring work behind the schedules. */
@Injectable()
export class Sweeps {
  constructor(
    private readonly dispatcher: MessageDispatcher,
    private readonly alarm: ProviderAlarm,
    private readonly forget: ForgetMessages,
  ) {}

  dispatch(): Promise<void> {
    return this.dispatcher.sweep();
  }

  outages(): Promise<void> {
    return this.alarm.endThoseOver();
  }

  retention(): Promise<void> {
    return this.forget.execute();
  }
}

/** What this slice does by itself, and whom it tells so at start-up. */
@Injectable()
export class MessagingChores {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly owners: MessageOwners,
    private readonly testReports: TestReports,
    private readonly sampleCodes: SampleCodes,
    private readonly sweeps: Sweeps,
  ) {}

  begin(): void {
    this.testReports.connect();
    this.owners.register(SAMPLE_SOURCE, this.sampleCodes);
    this.handlers.schedule({ type: 'messaging.dispatch', everyMs: SWEEP_EVERY_MS }, () => this.sweeps.dispatch());
    this.handlers.schedule({ type: 'messaging.outages', everyMs: OUTAGES_EVERY_MS }, () => this.sweeps.outages());
    this.handlers.schedule({ type: 'messaging.retention', everyMs: RETENTION_EVERY_MS }, () => this.sweeps.retention());
  }
}
