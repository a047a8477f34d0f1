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

@Entity('organization')
export class OrganizationRow {
  @IdColumn({ primary: true }) id!: string;
  @KeyColumn(48) slug!: string;
  @TextColumn(120) name!: string;
  @KeyColumn(20) status!: 'active' | 'suspended' | 'deletion_requested';
  @KeyColumn(2, { nullable: true }) country!: string | null;
  @BoolColumn() builtIn!: boolean;
  @InstantColumn({ nullable: true }) suspendedAt!: number | null;
  @TextColumn(500, { nullable: true }) suspensionReason!: string | null;
  @TextColumn(64) timeZone!: string;
  @KeyColumn(35) locale!: string;
  @AmountColumn({ nullable: true }) lowBalanceThreshold!: number | null;
  @AmountColumn({ nullable: true }) dailySpendCap!: number | null;
  @BoolColumn() refundUndelivered!: boolean;
  @IntColumn() destinationRetentionDays!: number;
  @IntColumn() messageRetentionDays!: number;
  @IntColumn() requestLogRetentionDays!: number;
  @IntColumn() version!: number;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
}
