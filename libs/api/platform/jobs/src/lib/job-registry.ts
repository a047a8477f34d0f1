import { JobHandlers, type JobHandler, type Schedule } from './job-queue';

export interface ScheduledHandler {
  readonly schedule: Schedule;
  readonly handler: JobHandler;
}

export class JobRegistry extends JobHandlers {
  private readonly handlers = new Map<string, JobHandler>();
  private readonly scheduled = new Map<string, ScheduledHandler>();

  register(type: string, handler: JobHandler): void {
    this.refuseTaken(type);
    this.handlers.set(type, handler);
  }

  schedule(schedule: Schedule, handler: JobHandler): void {
    this.refuseTaken(schedule.type);
    this.scheduled.set(schedule.type, { schedule, handler });
  }

  get types(): readonly string[] {
    return [...this.handlers.keys()];
  }

  get schedules(): readonly ScheduledHandler[] {
    return [...this.scheduled.values()];
  }

  handlerOf(type: string): JobHandler | undefined {
    return this.handlers.get(type);
  }

  scheduleOf(type: string): ScheduledHandler | undefined {
    return this.scheduled.get(type);
  }

  private refuseTaken(type: string): void {
    if (this.handlers.has(type) || this.scheduled.has(type)) throw new Error(`two handlers for jobs of type ${type}`);
  }
}
