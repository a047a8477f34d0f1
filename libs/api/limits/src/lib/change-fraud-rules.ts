import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, changesBetween } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, type Principal } from '@tollgate/api/kernel';
import type { changeFraudRules, FraudRulesView, InputOf } from '@tollgate/contracts';
import { changedAllowList, changedFraudRules } from './domain/fraud-change';
import { FraudRulesInForce } from './fraud-rules-in-force';
import { FraudRuleRows } from './persistence/fraud-rule-rows';
import { ReadFraudRules } from './read-fraud-rules';

/** Changes the fraud guard; in force in every process within a second. */
@Injectable()
export class ChangeFraudRules {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(FraudRuleRows) private readonly rows: FraudRuleRows,
    @Inject(FraudRulesInForce) private readonly inForce: FraudRulesInForce,
    @Inject(ReadFraudRules) private readonly reading: ReadFraudRules,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError version_conflict, invalid_address_range */
  execute(caller: Principal, body: InputOf<typeof changeFraudRules>['body']): Promise<FraudRulesView> {
    return this.unitOfWork.run(async () => {
      await this.inForce.beginChange(body.version);
      const before = await this.reading.execute();
      const by = { label: caller.label, at: this.clock.recordedAt() };
      const changed = changedFraudRules(before.rules, body.rules ?? []);
      await this.rows.save(
        changed.filter((rule, i) => JSON.stringify(rule) !== JSON.stringify(plain(before.rules[i]))),
        by,
      );
      const allow = changedAllowList(before.allow, body.allow);
      await this.rows.replaceAllowed(body.allow === undefined ? {} : allow, by);
      const after = await this.reading.execute();
      await this.audit.record({
        action: 'fraud_rules.changed',
        organizationId: caller.organizationId,
        target: { type: 'fraud_rules', id: 'fraud_rules' },
        changes: changesBetween(flat(before), flat(after)),
        ...(body.reason === undefined ? {} : { reason: body.reason }),
      });
      return after;
    });
  }
}

type RuleView = FraudRulesView['rules'][number];

const plain = (rule: RuleView | undefined) =>
  rule === undefined ? null : { rule: rule.rule, mode: rule.mode, parameters: rule.parameters };

const flat = ({ rules, allow }: FraudRulesView): Record<string, unknown> => ({
  ...Object.fromEntries(rules.map((rule) => [rule.rule, { mode: rule.mode, ...rule.parameters }])),
  allow_networks: allow.networks,
  allow_countries: allow.countries,
  allow_prefixes: allow.prefixes,
});
