import type { SEND_STATES } from '@tollgate/contracts';
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
import { Entity } from 'typeorm';

export type StoredSendState = (typeof SEND_STATES)[number];

/** One queued message of a verification: what it cost, and how far it came. */
@Entity('verification_send')
export class VerificationSend {
  @IdColumn({ primary: true })
  messageId!: string;

  @IdColumn()
  verificationId!: string;

  @IdColumn()
  organizationId!: string;

  /** 1 for the first. */
  @IntColumn()
  seq!: number;

  @KeyColumn(8)
  channel!: 'sms' | 'email';

  @KeyColumn(10)
  cause!: 'start' | 'resend' | 'fallback';

  @TextColumn(330, { nullable: true })
  destinationMasked!: string | null;

  /** Of test sends only, for the test inbox: a live one is found by its verification. */
  @KeyColumn(64, { nullable: true })
  destinationHash!: string | null;

  @KeyColumn(2, { nullable: true })
  country!: string | null;

  /** Milli-credits that were charged for it. */
  @AmountColumn()
  price!: number;

  @KeyColumn(12)
  state!: StoredSendState;

  @KeyColumn(60, { nullable: true })
  provider!: string | null;

  @InstantColumn()
  queuedAt!: number;

  @InstantColumn({ nullable: true })
  acceptedAt!: number | null;

  /** Set once; the refund's guard. */
  @InstantColumn({ nullable: true })
  refundedAt!: number | null;
}

/** One well-formed check of a verification that exists. The code that was tried is not kept. */
@Entity('verification_check')
export class VerificationCheck {
  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  verificationId!: string;

  @IdColumn()
  organizationId!: string;

  @IdColumn()
  applicationId!: string;

  @BoolColumn()
  test!: boolean;

  @KeyColumn(8)
  channel!: 'sms' | 'email' | 'mobile';

  /** approved, wrong_code, already_used, or why it had ended. */
  @KeyColumn(20)
  outcome!: string;

  /** Whether it used up one of the checks. */
  @BoolColumn()
  counted!: boolean;

  @KeyColumn(60, { nullable: true })
  requestId!: string | null;

  @InstantColumn()
  at!: number;
}

/** What the other rows of a verification do not say: a fallback that was skipped, and why. */
@Entity('verification_event')
export class VerificationEvent {
  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  verificationId!: string;

  @IdColumn()
  organizationId!: string;

  @KeyColumn(20)
  kind!: 'step_skipped';

  @JsonColumn()
  data!: { readonly channel: 'sms' | 'email'; readonly code: string };

  @InstantColumn()
  at!: number;
}
