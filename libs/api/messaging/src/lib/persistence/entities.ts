import {
  BoolColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  LongColumn,
  TextColumn,
} from '@tollgate/api/database';
import type { ProviderKind } from '@tollgate/contracts';
import { Entity } from 'typeorm';
import type { Contents } from '../domain/built-in-templates';
import type { Channel } from '../message-queue';

@Entity('delivery_provider')
export class ProviderRow {
  @IdColumn({ primary: true }) id!: string;
  @KeyColumn(20) kind!: ProviderKind;
  @TextColumn(80) name!: string;
  /** Comma-separated. */
  @KeyColumn(20) channels!: string;
  @JsonColumn({ nullable: true }) countries!: string[] | null;
  @IntColumn() priority!: number;
  @IntColumn() weight!: number;
  @BoolColumn() enabled!: boolean;
  /** As its kind wants them; never a secret. */
  @JsonColumn() settings!: object;
  /** The token in the address of its callbacks: hash to find it by, sealed to show it and to hand it out. */
  @KeyColumn(64, { nullable: true }) callbackHash!: string | null;
  @KeyColumn(200, { nullable: true }) callbackSealed!: string | null;
  @KeyColumn(64, { nullable: true }) oldCallbackHash!: string | null;
  @InstantColumn({ nullable: true }) oldCallbackUntil!: number | null;
  @IntColumn() version!: number;
  @InstantColumn({ nullable: true }) deletedAt!: number | null;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
}

@Entity('provider_credential')
export class ProviderCredentialRow {
  @IdColumn({ primary: true }) providerId!: string;
  @KeyColumn(40, { primary: true }) name!: string;
  @LongColumn() sealed!: string;
  @TextColumn(12) hint!: string;
  @InstantColumn() setAt!: number;
}

@Entity('message_template')
export class TemplateRow {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @KeyColumn(40, { name: 'template_key' }) key!: string;
  @TextColumn(80) name!: string;
  @KeyColumn(8) channel!: Channel;
  @KeyColumn(10) status!: 'active' | 'archived';
  @IntColumn() version!: number;
  @IntColumn() latestVersion!: number;
  @InstantColumn() createdAt!: number;
  @InstantColumn() updatedAt!: number;
}

@Entity('message_template_version')
export class TemplateVersionRow {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() templateId!: string;
  @IdColumn() organizationId!: string;
  @IntColumn() version!: number;
  @JsonColumn() contents!: Contents;
  @TextColumn(500, { nullable: true }) note!: string | null;
  @TextColumn(254) createdBy!: string;
  @InstantColumn() createdAt!: number;
}
