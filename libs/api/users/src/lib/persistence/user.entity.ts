import { BoolColumn, IdColumn, InstantColumn, IntColumn, KeyColumn, TextColumn } from '@tollgate/api/database';
import { Entity } from 'typeorm';
import type { SignUpMethod, UserStatus } from '../user-directory';

@Entity('user')
export class UserEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn({ name: 'organization_id' }) organizationId!: string;
  /** Canonical. Stays when the user is deleted. */
  @KeyColumn(320) email!: string;
  /** The address while it is taken, else null: unique in the organization. */
  @KeyColumn(320, { name: 'email_key', nullable: true }) emailKey!: string | null;
  @KeyColumn(320, { name: 'backup_email', nullable: true }) backupEmail!: string | null;
  /** E.164. */
  @KeyColumn(20, { nullable: true }) mobile!: string | null;
  @TextColumn(64, { name: 'emp_id', nullable: true }) empId!: string | null;
  @TextColumn(120) name!: string;
  @TextColumn(80, { name: 'first_name', nullable: true }) firstName!: string | null;
  @TextColumn(80, { name: 'last_name', nullable: true }) lastName!: string | null;
  @KeyColumn(16, { nullable: true }) locale!: string | null;
  @KeyColumn(64, { name: 'time_zone', nullable: true }) timeZone!: string | null;
  @KeyColumn(20) status!: UserStatus;
  @KeyColumn(20, { name: 'sign_up_method' }) signUpMethod!: SignUpMethod;
  @BoolColumn({ name: 'second_factor' }) secondFactor!: boolean;
  @IntColumn({ name: 'security_epoch' }) securityEpoch!: number;
  @IntColumn() version!: number;
  @InstantColumn({ name: 'last_sign_in_at', nullable: true }) lastSignInAt!: number | null;
  @InstantColumn({ name: 'created_at' }) createdAt!: number;
  @InstantColumn({ name: 'updated_at' }) updatedAt!: number;
}

/** One role of one person in one organization. */
@Entity('role_grant')
export class RoleGrantEntity {
  @IdColumn({ primary: true }) id!: string;
  @IdColumn({ name: 'organization_id' }) organizationId!: string;
  @IdColumn({ name: 'user_id' }) userId!: string;
  @KeyColumn(63) role!: string;
  /** Label of who gave it. */
  @KeyColumn(320, { name: 'granted_by' }) grantedBy!: string;
  @InstantColumn({ name: 'created_at' }) createdAt!: number;
}
