import { Module, type OnModuleInit } from '@nestjs/common';
import { ApplicationsModule } from '@tollgate/api/applications';
import { AuditModule } from '@tollgate/api/audit';
import type { SchemaPart } from '@tollgate/api/database';
import { JobHandlers, Retention } from '@tollgate/api/jobs';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { AskMetrics } from './ask-metrics';
import { CompareMetrics } from './compare-metrics';
import { CountUsage } from './count-usage';
import { ExportSources } from './exports/export-sources';
import { OwnExports } from './exports/own-exports';
import { RegisteredExports } from './exports/registered-exports';
import { RequestExport } from './exports/request-export';
import { WriteExport } from './exports/write-export';
import { FindRequests } from './find-requests';
import { FoldUsage } from './fold-usage';
import { ExportsController } from './http/exports.controller';
import { LogsController } from './http/logs.controller';
import { MetricsController } from './http/metrics.controller';
import { ListRequests } from './list-requests';
import { ListUsage } from './list-usage';
import { ExportJobs } from './persistence/export-jobs';
import { metricsMigrations } from './persistence/migrations';
import { RequestLog } from './persistence/request-log';
import { RequestLogPages } from './persistence/request-log-pages';
import { UsageEvents } from './persistence/usage-events';
import { UsageLog } from './persistence/usage-log';
import { UsageRollups } from './persistence/usage-rollups';
import { UsageSums } from './persistence/usage-sums';
import { PurgeLogs } from './purge-logs';
import { ReconcileUsage } from './reconcile-usage';
import { SummarizeMetrics } from './summarize-metrics';
import { RawUsageSources, UsageMeter } from './usage-meter';
import { WriteRequestLog } from './write-request-log';

const repositories = [ExportJobs, RequestLog, RequestLogPages, UsageEvents, UsageLog, UsageRollups, UsageSums];
const acts = [
  AskMetrics,
  CompareMetrics,
  CountUsage,
  FindRequests,
  FoldUsage,
  ListRequests,
  ListUsage,
  OwnExports,
  PurgeLogs,
  ReconcileUsage,
  RegisteredExports,
  RequestExport,
  SummarizeMetrics,
  WriteExport,
  WriteRequestLog,
];

@Module({
  imports: [ApplicationsModule, AuditModule, OrganizationsModule],
  controllers: [ExportsController, LogsController, MetricsController],
  providers: [
    ...repositories,
    ...acts,
    { provide: UsageMeter, useExisting: CountUsage },
    { provide: RawUsageSources, useExisting: ReconcileUsage },
    { provide: ExportSources, useExisting: RegisteredExports },
  ],
  exports: [ExportSources, RawUsageSources, UsageMeter],
})
export class MetricsModule implements OnModuleInit {
  static readonly schema: SchemaPart = { entities: [], migrations: metricsMigrations };

  constructor(
    private readonly handlers: JobHandlers,
    private readonly fold: FoldUsage,
    private readonly reconcile: ReconcileUsage,
    private readonly exports: WriteExport,
    private readonly retention: Retention,
    private readonly old: PurgeLogs,
  ) {}

  onModuleInit(): void {
    this.retention.register('request_logs', (beforeMs) => this.old.requests(beforeMs));
    this.retention.register('usage', (beforeMs) => this.old.usage(beforeMs));
    this.handlers.schedule({ type: 'metrics.fold', everyMs: 5_000 }, async () => void (await this.fold.execute()));
    this.handlers.schedule(
      { type: 'metrics.reconcile', everyMs: 86_400_000 },
      async () => void (await this.reconcile.execute()),
    );
    this.handlers.schedule({ type: 'metrics.expire_exports', everyMs: 3_600_000 }, () => this.exports.expire());
    this.handlers.register('metrics.export', (payload) => this.exports.execute(String(payload['exportId'])));
  }
}
