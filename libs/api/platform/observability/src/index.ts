export { Instruments } from './lib/instruments';
export { StructuredLogger } from './lib/logger';
export { ObservabilityModule } from './lib/observability.module';
export { redact, redactText } from './lib/redact';
