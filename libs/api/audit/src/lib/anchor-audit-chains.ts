import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { AnchorFile } from './anchor-file';
import { AnchorSigner } from './anchor-signer';
import { AuditAnchors } from './persistence/audit-anchors';

/**
 * Signs the end of every chain that went on since its last anchor: once a day, and before a backup. The file is
 * written first: a crash in between leaves an anchor that is in the file alone, which is as good, and the next run
 * signs another.
 */
@Injectable()
export class AnchorAuditChains {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly anchors: AuditAnchors,
    private readonly signer: AnchorSigner,
    private readonly file: AnchorFile,
  ) {}

  /** How many chains were anchored. */
  async execute(): Promise<number> {
    const anchoredAt = this.clock.recordedAt();
    const signed = (await this.anchors.advanced()).map((head) => this.signer.sign({ ...head, anchoredAt }));
    if (signed.length === 0) return 0;
    await this.file.append(signed);
    await this.unitOfWork.run(() => this.anchors.insert(signed));
    return signed.length;
  }
}
