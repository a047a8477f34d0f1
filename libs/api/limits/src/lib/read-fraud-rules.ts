import { Inject, Injectable } from '@nestjs/common';
import type { FraudRulesView } from '@tollgate/contracts';
import { FRAUD_DESCRIPTIONS } from './domain/fraud-defaults';
import { FraudRuleRows } from './persistence/fraud-rule-rows';
import { RuleVersions } from './persistence/rule-versions';

/** The fraud rules as they are now. */
@Injectable()
export class ReadFraudRules {
  constructor(
    @Inject(FraudRuleRows) private readonly rows: FraudRuleRows,
    @Inject(RuleVersions) private readonly versions: RuleVersions,
  ) {}

  async execute(): Promise<FraudRulesView> {
    const version = await this.versions.current('fraud');
    const rules = await this.rows.rules();
    const allow = await this.rows.allowed();
    return {
      version,
      rules: rules.map((row) => ({
        id: row.id,
        rule: row.rule,
        description: FRAUD_DESCRIPTIONS[row.rule],
        mode: row.mode,
        parameters: row.parameters,
        updated_at: new Date(row.updatedAt).toISOString(),
        updated_by: row.updatedBy,
      })),
      allow: { networks: [...allow.networks], countries: [...allow.countries], prefixes: [...allow.prefixes] },
    };
  }
}
