import {
  AmountColumn,
  IdColumn,
  InstantColumn,
  IntColumn,
  KeyColumn,
  LongColumn,
  TextColumn,
} from '@tollgate/api/database';
import { Entity } from 'typeorm';

@Entity('password_credential')
export class PasswordCredentialEntity {
  @IdColumn({ primary: true }) userId!: string;
  @IdColumn() organizationId!: string;
  @KeyColumn(255) hash!: string;
  @InstantColumn() changedAt!: number;
}

@Entity('user_factor')
export class UserFactorEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() userId!: string;
  @KeyColumn(20) kind!: 'totp';
  @TextColumn(60) name!: string;
  @KeyColumn(20) status!: 'pending' | 'active';
  /** Sealed with the context `user-factor:{id}`. */
  @LongColumn() secret!: string;
  /** The step of the last accepted code; 0 = none yet. */
  @AmountColumn() lastStep!: number;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) activatedAt!: number | null;
  @InstantColumn({ nullable: true }) lastUsedAt!: number | null;
}

@Entity('recovery_code')
export class RecoveryCodeEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() userId!: string;
  @KeyColumn(64) codeHash!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn({ nullable: true }) usedAt!: number | null;
}

@Entity('session')
export class SessionEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() userId!: string;
  @KeyColumn(64) tokenHash!: string;
  /** The user's security epoch when it began. */
  @IntColumn() userEpoch!: number;
  @IntColumn() assuranceLevel!: 1 | 2;
  /** Comma-separated, in the order in which they were proven. */
  @KeyColumn(120) methods!: string;
  @KeyColumn(64) address!: string;
  @TextColumn(400, { nullable: true }) userAgent!: string | null;
  @InstantColumn() createdAt!: number;
  @InstantColumn() authenticatedAt!: number;
  @InstantColumn() lastSeenAt!: number;
  @InstantColumn() expiresAt!: number;
  @InstantColumn({ nullable: true }) endedAt!: number | null;
  @KeyColumn(40, { nullable: true }) endReason!: string | null;
}

@Entity('sign_in_challenge')
export class SignInChallengeEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() userId!: string;
  @KeyColumn(64) tokenHash!: string;
  @IntColumn() userEpoch!: number;
  @KeyColumn(1000) returnTo!: string;
  @IntColumn() failures!: number;
  @InstantColumn() createdAt!: number;
  @InstantColumn() expiresAt!: number;
  @InstantColumn({ nullable: true }) consumedAt!: number | null;
}

@Entity('known_device')
export class KnownDeviceEntity {
  @KeyColumn(64, { primary: true }) tokenHash!: string;
  @IdColumn() userId!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() expiresAt!: number;
}

@Entity('lockout')
export class LockoutEntity {
  @KeyColumn(100, { primary: true }) counter!: string;
  @IntColumn() failures!: number;
  @InstantColumn() blockedUntil!: number;
  @InstantColumn() updatedAt!: number;
}

@Entity('invitation')
export class InvitationEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @KeyColumn(320) email!: string;
  @TextColumn(120, { nullable: true }) name!: string | null;
  /** Comma-separated keys. */
  @KeyColumn(700) roles!: string;
  @KeyColumn(20) status!: 'pending' | 'accepted' | 'withdrawn' | 'expired';
  @KeyColumn(361, { nullable: true }) pendingKey!: string | null;
  /** The derivation key that its link is made with. */
  @KeyColumn(40) keyId!: string;
  /** 1, and one more each time it is sent again. */
  @IntColumn() generation!: number;
  @KeyColumn(64) tokenHash!: string;
  @KeyColumn(320) invitedBy!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() sentAt!: number;
  @InstantColumn() expiresAt!: number;
  @InstantColumn({ nullable: true }) closedAt!: number | null;
}

@Entity('setup')
export class SetupEntity {
  @KeyColumn(20, { primary: true }) id!: string;
  @KeyColumn(64, { nullable: true }) tokenHash!: string | null;
  @InstantColumn() tokenExpiresAt!: number;
  /** Of the browser that gave the token. */
  @KeyColumn(64, { nullable: true }) ticketHash!: string | null;
  @InstantColumn({ nullable: true }) administratorAt!: number | null;
  @InstantColumn({ nullable: true }) completedAt!: number | null;
}

/** A wish for a new password, until its job has looked at it. */
@Entity('password_reset_request')
export class PasswordResetRequestEntity {
  @IdColumn({ primary: true }) id!: string;
  /** What was typed, sealed with the context `password-reset-request:{id}`. */
  @LongColumn() identifierSealed!: string;
  /** Where it was asked from. */
  @KeyColumn(64) address!: string;
  @InstantColumn() askedAt!: number;
}

/** A link that sets a new password, and how the person was when it was sent: it works while they are still like that. */
@Entity('password_reset')
export class PasswordResetEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn() organizationId!: string;
  @IdColumn() userId!: string;
  @IntColumn() userEpoch!: number;
  @InstantColumn() passwordChangedAt!: number;
  @KeyColumn(64) emailHash!: string;
  /** The derivation key that its link is made with. */
  @KeyColumn(40) keyId!: string;
  @KeyColumn(64) tokenHash!: string;
  @InstantColumn() createdAt!: number;
  @InstantColumn() expiresAt!: number;
  /** Used, or void because another link or another password took its place. */
  @InstantColumn({ nullable: true }) closedAt!: number | null;
}

export const AUTH_ENTITIES = [
  PasswordCredentialEntity,
  UserFactorEntity,
  RecoveryCodeEntity,
  SessionEntity,
  SignInChallengeEntity,
  KnownDeviceEntity,
  LockoutEntity,
  InvitationEntity,
  SetupEntity,
  PasswordResetRequestEntity,
  PasswordResetEntity,
];
