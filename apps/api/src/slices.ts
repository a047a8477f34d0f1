import type { Type } from '@nestjs/common';
import type { SchemaPart } from '@tollgate/api/database';
import { ApplicationsModule } from '@tollgate/api/applications';
import { AuditModule } from '@tollgate/api/audit';
import { AuthModule } from '@tollgate/api/auth';
import { CreditsModule } from '@tollgate/api/credits';
import { LimitsModule } from '@tollgate/api/limits';
import { MessagingModule } from '@tollgate/api/messaging';
import { MetricsModule } from '@tollgate/api/metrics';
import { OperationsModule } from '@tollgate/api/operations';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { OtpModule } from '@tollgate/api/otp';
import { UsersModule } from '@tollgate/api/users';

/** A vertical slice: a Nest module with what it adds to the schema. */
export type Slice = Type<unknown> & { readonly schema?: SchemaPart };

/** Every slice of the product. A new one is added here and nowhere else. */
export const SLICES: readonly Slice[] = [
  AuditModule,
  OrganizationsModule,
  UsersModule,
  ApplicationsModule,
  MessagingModule,
  CreditsModule,
  LimitsModule,
  MetricsModule,
  AuthModule,
  OtpModule,
  OperationsModule,
];
