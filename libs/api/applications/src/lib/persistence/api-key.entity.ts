import { IdColumn, InstantColumn, JsonColumn, KeyColumn, TextColumn } from '@tollgate/api/database';
import type { KeyScope } from '@tollgate/contracts';
import { Entity } from 'typeorm';

@Entity('api_key')
export class ApiKeyRow {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() applicationId!: string;
  @KeyColumn(4) kind!: 'live' | 'test';
  @TextColumn(80) name!: string;
  /** Keyed hash of the whole token. The token itself is nowhere. */
  @KeyColumn(64) tokenHash!: string;
  @KeyColumn(4) lastFour!: string;
  @JsonColumn() scopes!: KeyScope[];
  @JsonColumn({ nullable: true }) allowedAddresses!: string[] | null;
  @InstantColumn({ nullable: true }) expiresAt!: number | null;
  @InstantColumn({ nullable: true }) revokedAt!: number | null;
  @IdColumn({ nullable: true }) replacedBy!: string | null;
  @IdColumn({ nullable: true }) replaces!: string | null;
  @InstantColumn({ nullable: true }) lastUsedAt!: number | null;
  @TextColumn(64, { nullable: true }) lastUsedAddress!: string | null;
  @InstantColumn() createdAt!: number;
  @TextColumn(254) createdBy!: string;
}
