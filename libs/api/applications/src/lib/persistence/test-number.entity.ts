import { IdColumn, InstantColumn, KeyColumn, LongColumn, TextColumn } from '@tollgate/api/database';
import { Entity } from 'typeorm';

@Entity('test_number')
export class TestNumberRow {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() applicationId!: string;
  /** Keyed hash of the canonical destination. */
  @KeyColumn(64) destinationHash!: string;
  @LongColumn() destinationSealed!: string;
  @TextColumn(254) destinationMasked!: string;
  @LongColumn() codeSealed!: string;
  @TextColumn(200, { nullable: true }) note!: string | null;
  @InstantColumn() endsAt!: number;
  @InstantColumn() createdAt!: number;
  @TextColumn(254) createdBy!: string;
}
