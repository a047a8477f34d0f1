import { Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { JobQueue } from '@tollgate/api/jobs';
import { Clock } from '@tollgate/api/kernel';
import { MessageQueue } from '@tollgate/api/messaging';
import { DestinationVault, stepOf, targetOf } from './destination-vault';
import { VerificationParts } from './persistence/verification-parts';
import type { VerificationSend } from './persistence/verification-parts.entity';
import type { Verification } from './persistence/verification.entity';

export const STEP_JOB = 'otp.step';

export interface SendOrder {
  readonly row: Verification;
  /** Index in the workflow. */
  readonly step: number;
  /** 1 for the first send. */
  readonly seq: number;
  readonly cause: VerificationSend['cause'];
  /** Milli-credits. */
  readonly price: number;
  readonly at: number;
}

/** Queues one message of a verification, and the job of the fallback that follows it. Inside the caller's unit of work. */
@Injectable()
export class QueueSend {
  constructor(
    private readonly messages: MessageQueue,
    private readonly parts: VerificationParts,
    private readonly applications: ApplicationDirectory,
    private readonly vault: DestinationVault,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  async queue({ row, step, seq, cause, price, at }: SendOrder): Promise<VerificationSend> {
    const to = this.vault.openStep(row, step);
    if (to === null) throw new Error('a pending verification has its destination');
    const target = targetOf(row, step);
    const application = await this.applications.get(row.applicationId);
    const message = await this.messages.enqueue({
      organizationId: row.organizationId,
      applicationId: row.applicationId,
      test: row.test,
      channel: target.channel,
      to,
      country: target.country,
      locale: row.locale,
      template: row.details.template ?? application.templates[target.channel] ?? 'verification',
      variables: row.personal?.variables ?? {},
      source: { type: 'verification', id: row.id },
      webDomain: application.webDomain,
      androidHash: application.androidHash,
      scenario: row.scenario,
      expiresAt: row.expiresAt,
    });
    const send: VerificationSend = {
      messageId: message.id,
      verificationId: row.id,
      organizationId: row.organizationId,
      seq,
      channel: target.channel,
      cause,
      destinationMasked: target.masked,
      destinationHash: row.test ? target.hash : null,
      country: target.country,
      price,
      state: 'queued',
      provider: message.provider,
      queuedAt: at,
      acceptedAt: null,
      refundedAt: null,
    };
    await this.parts.addSend(send);
    if (row.personal?.steps[step + 1] !== undefined)
      await this.scheduleStep(row, step + 1, stepOf(row, step).timeoutMs);
    return send;
  }

  /** Jobs run by the unmoved clock, whatever a test clock said at the start. */
  async scheduleStep(row: Verification, step: number, inMs: number): Promise<void> {
    await this.jobs.enqueue({
      type: STEP_JOB,
      payload: { verification_id: row.id, step },
      runAt: this.clock.recordedAt() + inMs,
    });
  }
}
