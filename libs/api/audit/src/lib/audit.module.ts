import { Module, type OnModuleInit } from '@nestjs/common';
import type { SchemaPart } from '@tollgate/api/database';
import { JobHandlers } from '@tollgate/api/jobs';
import { AnchorAuditChains } from './anchor-audit-chains';
import { AnchorFile } from './anchor-file';
import { AnchorSigner } from './anchor-signer';
import { AuditGauges } from './audit-gauges';
import { AuditSealer } from './audit-sealer';
import { AuditTrail } from './audit-trail';
import { AuditController } from './http/audit.controller';
import { AuditAnchors } from './persistence/audit-anchors';
import { AuditEvents } from './persistence/audit-events';
import { AuditLog } from './persistence/audit-log';
import { AuditSeals } from './persistence/audit-seals';
import { auditMigrations } from './persistence/migrations';
import { ReadAuditLog } from './read-audit-log';
import { RecordDeniedRequests } from './record-denied-requests';
import { RecordedAuditTrail } from './recorded-audit-trail';
import { SealAuditChains } from './seal-audit-chains';
import { VerifyAuditChain } from './verify-audit-chain';

const ONE_DAY_MS = 24 * 60 * 60 * 1_000;

@Module({
  controllers: [AuditController],
  providers: [
    AnchorAuditChains,
    AnchorFile,
    AnchorSigner,
    AuditAnchors,
    AuditEvents,
    AuditGauges,
    AuditLog,
    AuditSealer,
    AuditSeals,
    ReadAuditLog,
    RecordDeniedRequests,
    RecordedAuditTrail,
    SealAuditChains,
    VerifyAuditChain,
    { provide: AuditTrail, useExisting: RecordedAuditTrail },
  ],
  exports: [AuditTrail, AnchorAuditChains, AnchorSigner, SealAuditChains, VerifyAuditChain],
})
export class AuditModule implements OnModuleInit {
  static readonly schema: SchemaPart = { entities: [], migrations: auditMigrations };

  constructor(
    private readonly jobs: JobHandlers,
    private readonly anchorAuditChains: AnchorAuditChains,
  ) {}

  onModuleInit(): void {
    this.jobs.schedule({ type: 'audit.anchor', everyMs: ONE_DAY_MS }, async () => {
      await this.anchorAuditChains.execute();
    });
  }
}
