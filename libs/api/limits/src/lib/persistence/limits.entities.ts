import { Entity } from 'typeorm';
import {
  BoolColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  JsonColumn,
  KeyColumn,
  TextColumn,
} from '@tollgate/api/database';
import type { FraudParameters, FraudRuleName, LimitPolicy, RefusalView, SuppressionView } from '@tollgate/contracts';
import type { RuleMode } from '../domain/fraud-defaults';
import type { RuleChannel } from '../domain/limit-rules';

@Entity('rate_limit_rule')
export class LimitRuleEntity {
  @IdColumn({ primary: true }) id!: string;
  @KeyColumn(32) policy!: LimitPolicy;
  @KeyColumn(8) channel!: RuleChannel;
  @IntColumn() quota!: number;
  @IntColumn() windowSeconds!: number;
  @BoolColumn() enabled!: boolean;
  @InstantColumn() updatedAt!: number;
  @TextColumn(254) updatedBy!: string;
}

@Entity('fraud_rule')
export class FraudRuleEntity {
  @IdColumn({ primary: true }) id!: string;
  @KeyColumn(32) rule!: FraudRuleName;
  @KeyColumn(8) mode!: RuleMode;
  @JsonColumn() parameters!: FraudParameters;
  @InstantColumn() updatedAt!: number;
  @TextColumn(254) updatedBy!: string;
}

@Entity('fraud_allow')
export class FraudAllowEntity {
  @KeyColumn(16, { primary: true }) kind!: 'network' | 'country' | 'prefix';
  @KeyColumn(64, { primary: true }) value!: string;
  @InstantColumn() createdAt!: number;
  @TextColumn(254) createdBy!: string;
}

@Entity('refusal')
export class RefusalEntity {
  @IdColumn({ primary: true }) id!: string;
  @KeyColumn(64) requestId!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() applicationId!: string;
  @BoolColumn() test!: boolean;
  @KeyColumn(16) outcome!: RefusalView['outcome'];
  @KeyColumn(64) code!: string;
  @KeyColumn(64, { nullable: true }) policy!: string | null;
  @JsonColumn() reasons!: RefusalView['reasons'];
  @KeyColumn(8) kind!: 'start' | 'resend' | 'check';
  @KeyColumn(8) channel!: string;
  @TextColumn(260, { nullable: true }) destinationMasked!: string | null;
  @KeyColumn(64, { nullable: true }) destinationHash!: string | null;
  @KeyColumn(2, { nullable: true }) country!: string | null;
  @KeyColumn(255, { nullable: true }) prefix!: string | null;
  @KeyColumn(64, { nullable: true }) network!: string | null;
  @KeyColumn(64, { nullable: true }) clientIp!: string | null;
  @KeyColumn(64, { nullable: true }) userHash!: string | null;
  @IntColumn({ nullable: true }) retryAfter!: number | null;
  @InstantColumn() at!: number;
}

@Entity('suppression')
export class SuppressionEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @KeyColumn(8) channel!: 'sms' | 'email';
  @KeyColumn(64) destinationHash!: string;
  @TextColumn(260, { nullable: true }) destinationMasked!: string | null;
  @KeyColumn(32) reason!: SuppressionView['reason'];
  @TextColumn(200, { nullable: true }) note!: string | null;
  @InstantColumn({ nullable: true }) endsAt!: number | null;
  @InstantColumn() createdAt!: number;
  @TextColumn(254) createdBy!: string;
}
