import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { newId } from '@tollgate/api/kernel';
import type { AllowList } from '../domain/fraud-allow';
import type { FraudRule } from '../domain/fraud-defaults';
import { FraudAllowEntity, FraudRuleEntity } from './limits.entities';

interface Change {
  readonly label: string;
  readonly at: number;
}

const KINDS = { networks: 'network', countries: 'country', prefixes: 'prefix' } as const;

/** The table of fraud rules and whom they let pass. They belong to the installation. */
@Injectable()
export class FraudRuleRows {
  constructor(@Inject(Database) private readonly database: Database) {}

  rules(): Promise<FraudRuleEntity[]> {
    return this.database.manager.find(FraudRuleEntity, { order: { rule: 'ASC' } });
  }

  async allowed(): Promise<AllowList> {
    const rows = await this.database.manager.find(FraudAllowEntity, { order: { kind: 'ASC', value: 'ASC' } });
    const of = (kind: string): string[] => rows.filter((row) => row.kind === kind).map((row) => row.value);
    return { networks: of(KINDS.networks), countries: of(KINDS.countries), prefixes: of(KINDS.prefixes) };
  }

  async save(rules: readonly FraudRule[], { label, at }: Change): Promise<void> {
    for (const { rule, mode, parameters } of rules) {
      const change = { mode, parameters, updatedAt: at, updatedBy: label };
      const { affected } = await this.database.manager.update(FraudRuleEntity, { rule }, change);
      if (affected === 0) {
        await this.database.manager.insert(FraudRuleEntity, { id: newId('frl', at), rule, ...change });
      }
    }
  }

  /** Each list that is given takes the place of the old one. */
  async replaceAllowed(lists: Partial<AllowList>, { label, at }: Change): Promise<void> {
    for (const name of ['networks', 'countries', 'prefixes'] as const) {
      const values = lists[name];
      if (values === undefined) continue;
      const kind = KINDS[name];
      await this.database.manager.delete(FraudAllowEntity, { kind });
      for (const value of new Set(values)) {
        await this.database.manager.insert(FraudAllowEntity, { kind, value, createdAt: at, createdBy: label });
      }
    }
  }
}
