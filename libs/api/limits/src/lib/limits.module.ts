import { Module } from '@nestjs/common';
import { ApplicationsModule } from '@tollgate/api/applications';
import { AuditModule } from '@tollgate/api/audit';
import { CreditsModule } from '@tollgate/api/credits';
import type { SchemaPart } from '@tollgate/api/database';
import { OrganizationsModule } from '@tollgate/api/organizations';
import { AskFraudGuard } from './ask-fraud-guard';
import { ChangeFraudRules } from './change-fraud-rules';
import { ChangeLimits } from './change-limits';
import { CheckSpendCaps } from './check-spend-caps';
import { ConversionMemory } from './conversion-memory';
import { CountGuesses } from './count-guesses';
import { CountStart } from './count-start';
import { DescribeStart } from './describe-start';
import { FraudRulesInForce } from './fraud-rules-in-force';
import { GateStarts } from './gate-starts';
import { LimitsController } from './http/limits.controller';
import { RefusalsController } from './http/refusals.controller';
import { KeepRefusals } from './keep-refusals';
import { LimitRulesInForce } from './limit-rules-in-force';
import { DestinationCounters } from './persistence/destination-counters';
import { FraudRuleRows } from './persistence/fraud-rule-rows';
import { GuessCounters } from './persistence/guess-counters';
import { LimitRuleRows } from './persistence/limit-rule-rows';
import {
  FraudAllowEntity,
  FraudRuleEntity,
  LimitRuleEntity,
  RefusalEntity,
  SuppressionEntity,
} from './persistence/limits.entities';
import { limitMigrations } from './persistence/migrations';
import { Refusals } from './persistence/refusals';
import { RuleVersions } from './persistence/rule-versions';
import { StartAttempts } from './persistence/start-attempts';
import { Suppressions } from './persistence/suppressions';
import { PreviewRules } from './preview-rules';
import { ReadFraudRules } from './read-fraud-rules';
import { ReadLimits } from './read-limits';
import { ReadRefusals } from './read-refusals';
import { ReleaseGuessLock } from './release-guess-lock';
import { GuessGate, RefusalLog, StartGate, SuppressionList } from './start-gate';
import { SuppressDestination } from './suppress-destination';
import { SweepLimits, SweptRows } from './sweep-limits';

@Module({
  imports: [AuditModule, OrganizationsModule, ApplicationsModule, CreditsModule],
  controllers: [LimitsController, RefusalsController],
  providers: [
    LimitRuleRows,
    FraudRuleRows,
    RuleVersions,
    DestinationCounters,
    GuessCounters,
    StartAttempts,
    Refusals,
    Suppressions,
    LimitRulesInForce,
    FraudRulesInForce,
    ConversionMemory,
    DescribeStart,
    CheckSpendCaps,
    CountStart,
    AskFraudGuard,
    KeepRefusals,
    GateStarts,
    CountGuesses,
    SuppressDestination,
    ReadLimits,
    ChangeLimits,
    ReadFraudRules,
    ChangeFraudRules,
    PreviewRules,
    ReadRefusals,
    ReleaseGuessLock,
    SweptRows,
    SweepLimits,
    { provide: StartGate, useExisting: GateStarts },
    { provide: GuessGate, useExisting: CountGuesses },
    { provide: SuppressionList, useExisting: SuppressDestination },
    { provide: RefusalLog, useExisting: KeepRefusals },
  ],
  exports: [StartGate, GuessGate, SuppressionList, RefusalLog],
})
export class LimitsModule {
  static readonly schema: SchemaPart = {
    entities: [LimitRuleEntity, FraudRuleEntity, FraudAllowEntity, RefusalEntity, SuppressionEntity],
    migrations: limitMigrations,
  };
}
