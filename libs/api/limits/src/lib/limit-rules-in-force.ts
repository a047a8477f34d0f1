import { Inject, Injectable } from '@nestjs/common';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { RuleBook } from './domain/limit-rules';
import { LimitRuleRows } from './persistence/limit-rule-rows';
import { RuleVersions } from './persistence/rule-versions';

const TOPIC = 'rate_limits';

/** The limits in force, in memory; a change holds in every process within a second, without a restart. */
@Injectable()
export class LimitRulesInForce {
  private readonly topic: CacheTopic<RuleBook>;

  constructor(
    @Inject(VersionedCache) private readonly cache: VersionedCache,
    @Inject(LimitRuleRows) private readonly rows: LimitRuleRows,
    @Inject(RuleVersions) private readonly versions: RuleVersions,
  ) {
    this.topic = cache.topic<RuleBook>(TOPIC, { maxEntries: 1 });
  }

  book(): Promise<RuleBook> {
    return this.topic.get('book', async () => {
      const version = await this.versions.current('limits');
      return new RuleBook(await this.rows.all(), version);
    });
  }

  /**
   * In the transaction of the change, before its writes. `expected` is the version that it was made from.
   * @throws DomainError version_conflict
   */
  async beginChange(expected: number | undefined): Promise<void> {
    await this.versions.raise('limits', expected);
    await this.cache.bump(TOPIC);
  }
}
