import { Inject, Injectable } from '@nestjs/common';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { AllowedStarts, type AllowList } from './domain/fraud-allow';
import type { FraudRule } from './domain/fraud-defaults';
import { FraudRuleRows } from './persistence/fraud-rule-rows';
import { RuleVersions } from './persistence/rule-versions';

const TOPIC = 'fraud_rules';

export interface FraudSettings {
  readonly rules: readonly FraudRule[];
  readonly allowList: AllowList;
  readonly allowed: AllowedStarts;
}

/** The fraud rules in force, in memory; a change holds in every process within a second. */
@Injectable()
export class FraudRulesInForce {
  private readonly topic: CacheTopic<FraudSettings>;

  constructor(
    @Inject(VersionedCache) private readonly cache: VersionedCache,
    @Inject(FraudRuleRows) private readonly rows: FraudRuleRows,
    @Inject(RuleVersions) private readonly versions: RuleVersions,
  ) {
    this.topic = cache.topic<FraudSettings>(TOPIC, { maxEntries: 1 });
  }

  settings(): Promise<FraudSettings> {
    return this.topic.get('settings', async () => {
      const rules = await this.rows.rules();
      const allowList = await this.rows.allowed();
      return { rules, allowList, allowed: new AllowedStarts(allowList) };
    });
  }

  /**
   * In the transaction of the change, before its writes. `expected` is the version that it was made from.
   * @throws DomainError version_conflict
   */
  async beginChange(expected: number | undefined): Promise<void> {
    await this.versions.raise('fraud', expected);
    await this.cache.bump(TOPIC);
  }
}
