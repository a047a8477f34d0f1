import { Logger } from '@nestjs/common';
import { Queue, Worker, type ConnectionOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { WakeUp } from './wake-up';

const QUEUE = 'tollgate-jobs';
const CONCURRENCY = 16;
const CLOSE_MS = 2_000;

/**
 * Tells all workers of a job through BullMQ, which gives it to one of them. Its job ids hold no `:` (BullMQ refuses
 * it) and carry the attempt, because an id that has finished never runs again. A message that Redis loses costs
 * `graceMs`: then a poll of the table finds the job.
 */
export class BullmqWakeUp extends WakeUp {
  readonly graceMs = 3_000;
  private readonly logger = new Logger('Jobs');
  private readonly connections: Redis[] = [];
  private queue: Queue | null = null;
  private worker: Worker | null = null;
  private stopped = false;

  constructor(
    private readonly redisUrl: string,
    /** Keys of this installation; tests share a Redis. */
    private readonly prefix: string,
  ) {
    super();
  }

  announce(jobId: string, attempt: number, delayMs: number): void {
    const options = {
      jobId: `${jobId}-${attempt}`,
      delay: Math.max(0, Math.round(delayMs)),
      removeOnComplete: true,
      removeOnFail: true,
    };
    this.opened()
      .add('run', { jobId }, options)
      .catch((error: unknown) => this.complain(error));
  }

  start(listener: { one(jobId: string): Promise<void> }): Promise<void> {
    const worker = new Worker<{ jobId: string }>(QUEUE, (job) => listener.one(job.data.jobId), {
      connection: this.connect(null),
      prefix: this.prefix,
      concurrency: CONCURRENCY,
    });
    worker.on('error', (error) => this.complain(error));
    this.worker = worker;
    return Promise.resolve();
  }

  /** Redis may be away, and then BullMQ would wait for it: after `CLOSE_MS` its connections are cut. */
  async stop(): Promise<void> {
    this.stopped = true;
    const closing = [Promise.resolve(this.worker?.close()), Promise.resolve(this.queue?.close())];
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, CLOSE_MS)));
    await Promise.race([Promise.allSettled(closing), late]);
    clearTimeout(timer);
    for (const connection of this.connections) connection.disconnect();
  }

  private opened(): Queue {
    if (this.queue === null) {
      this.queue = new Queue(QUEUE, { connection: this.connect(1), prefix: this.prefix });
      this.queue.on('error', (error) => this.complain(error));
    }
    return this.queue;
  }

  /** `retries` per command: null for workers, which wait for ever; 1 for announcements, which must not pile up. */
  private connect(retries: number | null): ConnectionOptions {
    const connection = new Redis(this.redisUrl, {
      maxRetriesPerRequest: retries,
      enableOfflineQueue: retries === null,
      connectTimeout: 5_000,
      // BullMQ copies these options for connections of its own: they too must end.
      retryStrategy: (times) => (this.stopped ? null : Math.min(times * 200, 2_000)),
    });
    connection.on('error', (error) => this.complain(error));
    this.connections.push(connection);
    return connection as unknown as ConnectionOptions;
  }

  private complain(error: unknown): void {
    this.logger.warn(`Redis did not take a wake-up, the poll will find the job: ${String(error)}`);
  }
}
