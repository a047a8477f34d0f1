import { Module, type OnModuleInit } from '@nestjs/common';
import { ApplicationsModule } from '@tollgate/api/applications';
import { AuditModule } from '@tollgate/api/audit';
import { AuthModule } from '@tollgate/api/auth';
import { CreditsModule } from '@tollgate/api/credits';
import type { SchemaPart } from '@tollgate/api/database';
import { JobHandlers } from '@tollgate/api/jobs';
import { MessagingModule } from '@tollgate/api/messaging';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { UsersModule } from '@tollgate/api/users';
import { RecordUsageDifference } from './alerts/record-usage-difference';
import { WarnStaff } from './alerts/warn-staff';
import { PrepareDemo } from './demo/prepare-demo';
import { SeedCredits } from './demo/seed-credits';
import { OperationsController } from './http/operations.controller';
import { operationsMigrations } from './persistence/migrations';
import { PlatformSettingRows } from './persistence/platform-setting-rows';
import { ChangePlatformSettings, ReadPlatformSettings } from './platform-settings';
import { ReadSystemHealth } from './read-system-health';
import { RunRetention } from './run-retention';
import { SearchEverything } from './search-everything';

const DAY_MS = 86_400_000;

@Module({
  imports: [
    ApplicationsModule,
    AuditModule,
    AuthModule,
    CreditsModule,
    MessagingModule,
    OrganizationsModule,
    UsersModule,
  ],
  controllers: [OperationsController],
  providers: [
    ChangePlatformSettings,
    PlatformSettingRows,
    PrepareDemo,
    ReadPlatformSettings,
    ReadSystemHealth,
    RecordUsageDifference,
    RunRetention,
    SearchEverything,
    SeedCredits,
    WarnStaff,
  ],
  exports: [PrepareDemo],
})
export class OperationsModule implements OnModuleInit {
  static readonly schema: SchemaPart = { entities: [], migrations: operationsMigrations };

  constructor(
    private readonly handlers: JobHandlers,
    private readonly warn: WarnStaff,
    private readonly retention: RunRetention,
    private readonly differences: RecordUsageDifference,
  ) {}

  onModuleInit(): void {
    this.handlers.register('operations.low_balance', (payload) => this.warn.lowBalance(payload));
    this.handlers.register('operations.provider_down', (payload) => this.warn.providerDown(payload));
    this.handlers.register('operations.usage_difference', (payload) =>
      this.differences.execute(Number(payload['count'])),
    );
    this.handlers.schedule(
      { type: 'operations.retention', everyMs: DAY_MS },
      async () => void (await this.retention.execute()),
    );
  }
}
