import { Inject, Injectable } from '@nestjs/common';
import type { LimitsView } from '@tollgate/contracts';
import { POLICY_DESCRIPTIONS } from './domain/limit-rules';
import { LimitRuleRows } from './persistence/limit-rule-rows';
import { RuleVersions } from './persistence/rule-versions';

/** The table of limits as it is now. */
@Injectable()
export class ReadLimits {
  constructor(
    @Inject(LimitRuleRows) private readonly rows: LimitRuleRows,
    @Inject(RuleVersions) private readonly versions: RuleVersions,
  ) {}

  async execute(): Promise<LimitsView> {
    const version = await this.versions.current('limits');
    const rows = await this.rows.all();
    return {
      version,
      rules: rows.map((row) => ({
        id: row.id,
        policy: row.policy,
        channel: row.channel,
        description: POLICY_DESCRIPTIONS[row.policy],
        quota: row.quota,
        window_s: row.windowSeconds,
        enabled: row.enabled,
        updated_at: new Date(row.updatedAt).toISOString(),
        updated_by: row.updatedBy,
      })),
    };
  }
}
