export { LimitsModule } from './lib/limits.module';
export {
  GuessGate,
  RefusalLog,
  StartGate,
  SuppressionList,
  type GuardDecision,
  type GuardReason,
  type StartAttempt,
  type WrongCheckState,
} from './lib/start-gate';
