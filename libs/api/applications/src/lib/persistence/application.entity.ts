import {
  AmountColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
} from '@tollgate/api/database';
import { Entity } from 'typeorm';

@Entity('application')
export class ApplicationRow {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @TextColumn(120) name!: string;
  @KeyColumn(10) status!: 'active' | 'disabled';
  /** Unique in the installation: clients of the older API send nothing else to say where they belong. */
  @KeyColumn(64) siteKey!: string;
  @TextColumn(500, { nullable: true }) baseUrl!: string | null;
  @JsonColumn() allowedOrigins!: string[];
  @KeyColumn(10) addressMode!: 'any' | 'listed';
  @JsonColumn() allowedAddresses!: string[];
  @IntColumn() codeLength!: number;
  @IntColumn() codeTtlS!: number;
  @IntColumn() codeMaxChecks!: number;
  @JsonColumn() templates!: Record<string, string>;
  @JsonColumn({ nullable: true }) allowedCountries!: string[] | null;
  @AmountColumn({ nullable: true }) dailySpendCap!: number | null;
  @KeyColumn(10) fraudGuard!: 'enforce' | 'record' | 'off';
  @KeyColumn(253, { nullable: true }) webDomain!: string | null;
  @KeyColumn(11, { nullable: true }) androidHash!: string | null;
  @KeyColumn(35) locale!: string;
  @IntColumn() version!: number;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
  /** Deleted ones keep their row: messages and charges name them. Nobody finds them any more. */
  @InstantColumn({ nullable: true }) deletedAt!: number | null;
}
