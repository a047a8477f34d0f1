export { RawUsageSources, UsageMeter, type Counter, type RawCohort, type UsageDelta } from './lib/usage-meter';
