import { Inject, Injectable } from '@nestjs/common';
import { AuditTrail, type FieldChange } from '@tollgate/api/audit';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, type Principal } from '@tollgate/api/kernel';
import type { changeLimits, InputOf, LimitsView } from '@tollgate/contracts';
import { changedRules, type LimitRule } from './domain/limit-rules';
import { LimitRulesInForce } from './limit-rules-in-force';
import { LimitRuleRows } from './persistence/limit-rule-rows';
import { ReadLimits } from './read-limits';

/** Changes limits; in force in every process within a second. */
@Injectable()
export class ChangeLimits {
  constructor(
    @Inject(UnitOfWork) private readonly unitOfWork: UnitOfWork,
    @Inject(LimitRuleRows) private readonly rows: LimitRuleRows,
    @Inject(LimitRulesInForce) private readonly inForce: LimitRulesInForce,
    @Inject(ReadLimits) private readonly reading: ReadLimits,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError version_conflict */
  execute(caller: Principal, body: InputOf<typeof changeLimits>['body']): Promise<LimitsView> {
    return this.unitOfWork.run(async () => {
      await this.inForce.beginChange(body.version);
      const before = await this.rows.all();
      const after = changedRules(before, body.rules);
      const changes = changesOf(before, after);
      await this.rows.save(
        after.filter((rule) => changes.some((change) => change.field === nameOf(rule))),
        { label: caller.label, at: this.clock.recordedAt() },
      );
      await this.audit.record({
        action: 'limits.changed',
        organizationId: caller.organizationId,
        target: { type: 'limits', id: 'limits' },
        changes,
        ...(body.reason === undefined ? {} : { reason: body.reason }),
      });
      return this.reading.execute();
    });
  }
}

const nameOf = (rule: LimitRule): string => `${rule.policy}.${rule.channel}`;
const wordsOf = (rule: LimitRule | undefined): string | null =>
  rule === undefined ? null : `${rule.quota} in ${rule.windowSeconds} s${rule.enabled ? '' : ', off'}`;

function changesOf(before: readonly LimitRule[], after: readonly LimitRule[]): FieldChange[] {
  return after.flatMap((rule): FieldChange[] => {
    const old = wordsOf(before.find((candidate) => nameOf(candidate) === nameOf(rule)));
    const now = wordsOf(rule);
    return old === now ? [] : [{ field: nameOf(rule), before: old, after: now }];
  });
}
