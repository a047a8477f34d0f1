import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import type { LimitRule } from '../domain/limit-rules';
import { LimitRuleEntity } from './limits.entities';

/** The table of limits. They belong to the installation. */
@Injectable()
export class LimitRuleRows {
  constructor(@Inject(Database) private readonly database: Database) {}

  all(): Promise<LimitRuleEntity[]> {
    return this.database.manager.find(LimitRuleEntity, { order: { policy: 'ASC', channel: 'ASC' } });
  }

  async save(rules: readonly LimitRule[], by: { readonly label: string; readonly at: number }): Promise<void> {
    for (const { policy, channel, quota, windowSeconds, enabled } of rules) {
      const change = { quota, windowSeconds, enabled, updatedAt: by.at, updatedBy: by.label };
      const { affected } = await this.database.manager.update(LimitRuleEntity, { policy, channel }, change);
      if (affected === 0) {
        await this.database.manager.insert(LimitRuleEntity, { id: newId('lim', by.at), policy, channel, ...change });
      }
    }
  }
}
