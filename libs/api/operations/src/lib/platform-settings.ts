import { Injectable } from '@nestjs/common';
import type { InputOf, PlatformSettings, updatePlatformSettings } from '@tollgate/contracts';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { UnitOfWork, VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { PlatformSettingRows } from './persistence/platform-setting-rows';

const TOPIC = 'platform_settings';

const DEFAULTS: PlatformSettings = {
  announcement: null,
  message_retention_days: 90,
  request_log_retention_days: 30,
  usage_retention_days: 400,
  version: 0,
};

/** Settings of the installation: defaults, with what staff changed on top. */
@Injectable()
export class ReadPlatformSettings {
  private readonly cache: CacheTopic<PlatformSettings>;

  constructor(
    private readonly rows: PlatformSettingRows,
    caches: VersionedCache,
  ) {
    this.cache = caches.topic(TOPIC);
  }

  execute(): Promise<PlatformSettings> {
    return this.cache.get('all', async () => {
      const stored = await this.rows.read();
      return stored === null ? DEFAULTS : { ...DEFAULTS, ...stored.content, version: stored.version };
    });
  }
}

@Injectable()
export class ChangePlatformSettings {
  constructor(
    private readonly read: ReadPlatformSettings,
    private readonly rows: PlatformSettingRows,
    private readonly unitOfWork: UnitOfWork,
    private readonly caches: VersionedCache,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  async execute(body: InputOf<typeof updatePlatformSettings>['body'], caller: Principal): Promise<PlatformSettings> {
    return this.unitOfWork.run(async () => {
      const { version: _, ...before } = await this.read.execute();
      const { version, ...wanted } = body;
      const after = {
        ...before,
        ...Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)),
      };
      if (!(await this.rows.replace(after, version, this.clock.recordedAt())))
        throw new DomainError('version_conflict');
      await this.caches.bump(TOPIC);
      await this.audit.record({
        action: 'platform_settings.updated',
        organizationId: caller.organizationId,
        target: { type: 'platform_settings', id: 'platform' },
        changes: changesBetween(before, after),
      });
      return { ...after, version: version + 1 };
    });
  }
}
