import type { FactorStatus } from '@tollgate/contracts';
import {
  AmountColumn,
  BoolColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  TextColumn,
} from '@tollgate/api/database';
import { Entity } from 'typeorm';

/** An authenticator app of an end user. The secret is sealed with the row's id and erased with the deletion. */
@Entity('factor')
export class Factor {
  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  organizationId!: string;

  @IdColumn()
  applicationId!: string;

  @BoolColumn()
  test!: boolean;

  @KeyColumn(10)
  status!: FactorStatus;

  @TextColumn(128)
  userRef!: string;

  @TextColumn(120)
  label!: string;

  @KeyColumn(300, { nullable: true })
  secretSealed!: string | null;

  /** The step of the last accepted code; it and all before are refused. Moves forward only, by a guarded UPDATE. */
  @AmountColumn()
  lastStep!: number;

  /** Consecutive wrong codes. */
  @IntColumn()
  failedCount!: number;

  @InstantColumn({ nullable: true })
  lockedUntil!: number | null;

  @InstantColumn()
  createdAt!: number;

  @InstantColumn({ nullable: true })
  activatedAt!: number | null;

  @InstantColumn({ nullable: true })
  deletedAt!: number | null;

  @InstantColumn({ nullable: true })
  lastUsedAt!: number | null;
}

/** A recovery code, recognized by its keyed hash. */
@Entity('factor_recovery_code')
export class FactorRecoveryCode {
  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  factorId!: string;

  @KeyColumn(64)
  codeHash!: string;

  @InstantColumn({ nullable: true })
  usedAt!: number | null;
}

/** One evaluated code of an authenticator outside a verification. */
@Entity('factor_check')
export class FactorCheck {
  @IdColumn({ primary: true })
  id!: string;

  @IdColumn()
  factorId!: string;

  @IdColumn()
  organizationId!: string;

  @IdColumn()
  applicationId!: string;

  @BoolColumn()
  test!: boolean;

  /** approved, recovered, wrong_code, already_used. */
  @KeyColumn(20)
  outcome!: string;

  /** Milli-credits. */
  @AmountColumn()
  price!: number;

  @KeyColumn(60, { nullable: true })
  requestId!: string | null;

  @InstantColumn()
  at!: number;
}
