import type { VerificationChannel, VerificationStatus } from '@tollgate/contracts';
import {
  AmountColumn,
  BoolColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
} from '@tollgate/api/database';
import type { GuardDecision } from '@tollgate/api/limits';
import { Entity } from 'typeorm';

/** One step of a workflow, as kept: `other` is set when it does not go to the verification's own destination. */
export interface StoredStep {
  readonly channel: 'sms' | 'email';
  readonly timeoutMs: number;
  readonly other: {
    readonly sealed: string;
    readonly hash: string;
    readonly limitHash: string;
    readonly masked: string;
    readonly country: string | null;
    readonly prefix: string;
  } | null;
}

/** What retention removes together with the destination. */
export interface PersonalData {
  readonly clientIp: string | null;
  readonly userRef: string | null;
  readonly userAgent: string | null;
  readonly variables: Readonly<Record<string, string>>;
  /** Empty = one send to the destination, no fallbacks. */
  readonly steps: readonly StoredStep[];
}

export interface VerificationDetails {
  readonly template: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly guard: GuardDecision | null;
  readonly requestId: string | null;
  readonly apiKeyId: string | null;
}

/**
 * One proof of possession. There is no code in it: that is derived from the row (`codeKeyId` says with which key).
 *
 * While `status` is pending the row is also two more things: the only one of its `pendingKey`, and the hold of
 * `held` milli-credits. Every statement that ends it clears both, guarded by `status = 'pending'` and by the number
 * of checks it was read with, so exactly one of any number of parallel checks, cancels and sweeps does so.
 */
@Entity('verification')
export class Verification {
  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  organizationId!: string;

  @IdColumn()
  applicationId!: string;

  @BoolColumn()
  test!: boolean;

  /** Of the first send; fallbacks do not change it, so that ratios by channel compare like with like. */
  @KeyColumn(8)
  channel!: VerificationChannel;

  @KeyColumn(40)
  purpose!: string;

  @KeyColumn(16)
  status!: VerificationStatus;

  @KeyColumn(64, { nullable: true })
  pendingKey!: string | null;

  @KeyColumn(64, { nullable: true })
  destinationHash!: string | null;

  /** Hash of the form that limits count by. */
  @KeyColumn(64, { nullable: true })
  limitHash!: string | null;

  @KeyColumn(700, { nullable: true })
  destinationSealed!: string | null;

  @TextColumn(330, { nullable: true })
  destinationMasked!: string | null;

  @KeyColumn(2, { nullable: true })
  country!: string | null;

  @KeyColumn(254, { nullable: true })
  prefix!: string | null;

  @KeyColumn(35)
  locale!: string;

  @IdColumn({ nullable: true })
  factorId!: string | null;

  /** A live test number: fixed code, nothing sent, nothing charged. */
  @IdColumn({ nullable: true })
  testNumberId!: string | null;

  @KeyColumn(2, { nullable: true })
  scenario!: string | null;

  @KeyColumn(64)
  codeKeyId!: string;

  @IntColumn()
  generation!: number;

  @IntColumn()
  codeLength!: number;

  @IntColumn()
  maxChecks!: number;

  @IntColumn()
  checkCount!: number;

  @IntColumn()
  sendCount!: number;

  /** Index of the workflow's step that was sent last. */
  @IntColumn()
  step!: number;

  @InstantColumn()
  createdAt!: number;

  @InstantColumn()
  expiresAt!: number;

  @InstantColumn({ nullable: true })
  resendAt!: number | null;

  @InstantColumn({ nullable: true })
  firstCheckAt!: number | null;

  @InstantColumn({ nullable: true })
  endedAt!: number | null;

  /** Milli-credits, less refunds. */
  @AmountColumn()
  charged!: number;

  @AmountColumn()
  held!: number;

  @AmountColumn()
  startPrice!: number;

  @AmountColumn()
  checkPrice!: number;

  @IdColumn({ nullable: true })
  checkPriceId!: string | null;

  @JsonColumn()
  details!: VerificationDetails;

  @JsonColumn({ nullable: true })
  personal!: PersonalData | null;
}
