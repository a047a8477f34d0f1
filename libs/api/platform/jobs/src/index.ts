export {
  BackgroundWork,
  JobBacklog,
  JobHandlers,
  JobQueue,
  type BacklogFigures,
  type JobContext,
  type JobHandler,
  type NewJob,
  type Schedule,
} from './lib/job-queue';
export { JobRunner } from './lib/job-runner';
export { JobsModule } from './lib/jobs.module';
export { Retention, RETENTION_KINDS, type Purge, type RetentionKind } from './lib/retention';
export { ScheduleRunner } from './lib/schedule-runner';
