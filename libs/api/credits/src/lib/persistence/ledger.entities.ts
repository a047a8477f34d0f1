import { Entity } from 'typeorm';
import { AmountColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, TextColumn } from '@tollgate/api/database';

/** Shape of the one hot row. Written only by `LedgerWriter`. */
@Entity('ledger_account')
export class LedgerAccountEntity {
  @IdColumn({ primary: true }) organizationId!: string;
  @AmountColumn() posted!: number;
  @AmountColumn() held!: number;
  @AmountColumn() seq!: number;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
}

/** Append-only. */
@Entity('ledger_transaction')
export class LedgerTransactionEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn({ nullable: true }) applicationId!: string | null;
  @KeyColumn(16) kind!: string;
  @AmountColumn() amount!: number;
  @KeyColumn(32, { nullable: true }) operation!: string | null;
  @KeyColumn(2, { nullable: true }) country!: string | null;
  @IdColumn({ nullable: true }) priceId!: string | null;
  @KeyColumn(32) sourceType!: string;
  @KeyColumn(64) sourceId!: string;
  @KeyColumn(128) onceKey!: string;
  @IdColumn({ nullable: true }) reversesId!: string | null;
  @TextColumn(200) description!: string;
  @TextColumn(500, { nullable: true }) reason!: string | null;
  @KeyColumn(16) actorKind!: string;
  @KeyColumn(64) actorId!: string;
  @TextColumn(254) actorLabel!: string;
  @KeyColumn(64, { nullable: true }) requestId!: string | null;
  @InstantColumn() recordedAt!: number;
}

/** Append-only. */
@Entity('ledger_entry')
export class LedgerEntryEntity {
  @IdColumn({ primary: true }) transactionId!: string;
  @IntColumn({ primary: true }) line!: number;
  @IdColumn() organizationId!: string;
  @KeyColumn(32) account!: string;
  @AmountColumn() amount!: number;
  @AmountColumn({ nullable: true }) seq!: number | null;
  @AmountColumn({ nullable: true }) balanceAfter!: number | null;
  @InstantColumn() recordedAt!: number;
}
