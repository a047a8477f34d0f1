import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobHandlers, Retention } from '@tollgate/api/jobs';
import { ExpireVerifications } from '../expire-verifications';
import { ForgetDestinations } from '../forget-destinations';
import { STEP_JOB } from '../queue-send';
import { StepVerification } from '../step-verification';

export const SWEEP_JOB = 'otp.expire';
const SWEEP_EVERY_MS = 5_000;

/** Says what runs in the background: fallbacks, the sweep of what is over, and retention. */
@Injectable()
export class RegisterWork implements OnModuleInit {
  constructor(
    private readonly handlers: JobHandlers,
    private readonly retention: Retention,
    private readonly stepping: StepVerification,
    private readonly expiring: ExpireVerifications,
    private readonly forgetting: ForgetDestinations,
  ) {}

  onModuleInit(): void {
    this.handlers.register(STEP_JOB, (payload) =>
      this.stepping.execute(String(payload['verification_id']), Number(payload['step'])),
    );
    this.handlers.schedule({ type: SWEEP_JOB, everyMs: SWEEP_EVERY_MS }, async () => {
      await this.expiring.execute();
    });
    this.retention.register('destinations', () => this.forgetting.execute());
  }
}
