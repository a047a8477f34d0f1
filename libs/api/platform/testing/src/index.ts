export { bootSlice, type Slice, type SliceOptions, type SliceOverride } from './lib/boot-slice';
export { ManualClock } from './lib/manual-clock';
export { onBothEngines } from './lib/on-both-engines';
export { createTestDatabase, mysqlServerUrl, redisServerUrl, type TestDatabase } from './lib/test-database';
export { schemaProblems } from './lib/schema-problems';
export { until } from './lib/until';
