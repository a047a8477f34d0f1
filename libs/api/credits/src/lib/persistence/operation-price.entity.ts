import { Entity } from 'typeorm';
import { AmountColumn, BoolColumn, IdColumn, InstantColumn, KeyColumn, TextColumn } from '@tollgate/api/database';

/** A version of a price; never edited. `country` is ISO alpha-2, or `any`, so that the unique key covers it. */
@Entity('operation_price')
export class OperationPriceEntity {
  @IdColumn({ primary: true }) id!: string;
  @KeyColumn(32) operation!: string;
  @KeyColumn(3) country!: string;
  @AmountColumn() price!: number;
  @BoolColumn() active!: boolean;
  @InstantColumn() validFrom!: number;
  @TextColumn(200, { nullable: true }) note!: string | null;
  @InstantColumn() createdAt!: number;
  @KeyColumn(64) createdById!: string;
  @TextColumn(254) createdByLabel!: string;
}
