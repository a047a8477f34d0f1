export {
  ExportSources,
  type ExportCell,
  type ExportColumn,
  type ExportScope,
  type ExportSource,
} from './lib/exports/export-sources';
export { MetricsModule } from './lib/metrics.module';
export { RawUsageSources, UsageMeter, type Counter, type RawCohort, type UsageDelta } from './lib/usage-meter';
