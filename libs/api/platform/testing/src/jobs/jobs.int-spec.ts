import { Module, type OnModuleInit, type Type } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { bootSlice, onBothEngines, redisServerUrl, type Slice } from '../index';
import { JobBacklog, JobHandlers, JobQueue, JobRunner, ScheduleRunner } from '@tollgate/api/jobs';
import { until } from '../lib/until';

function probe(scheduled: () => unknown): { JobsProbeModule: Type; started: Set<unknown>; ended: Set<unknown> } {
  const started = new Set<unknown>();
  const ended = new Set<unknown>();
  @Module({})
  class JobsProbeModule implements OnModuleInit {
    constructor(private readonly handlers: JobHandlers) {}

    onModuleInit(): void {
      this.handlers.register('test.slow', async ({ n }) => {
        started.add(n);
        await new Promise((resolve) => setTimeout(resolve, 20));
        ended.add(n);
      });
      this.handlers.schedule({ type: 'test.tick', everyMs: 30 }, async () => {
        await scheduled();
      });
    }
  }
  return { JobsProbeModule, started, ended };
}

onBothEngines((engine) => {
  let slice: Slice;
  let beside: Slice | undefined;
  const boot = async (options: { automaticJobs?: boolean; environment?: Record<string, string> } = {}) => {
    slice = await bootSlice({ engine, modules: [], ...options });
  };
  const state = async () =>
    (await slice.database.query<{ state: string }>('SELECT state FROM job ORDER BY id')).map((job) => job.state);

  afterEach(async () => {
    await beside?.close();
    beside = undefined;
    await slice.close();
  });

  it('runs a job after the commit of its cause, with its payload', async () => {
    await boot();
    const seen: unknown[] = [];
    slice.get(JobHandlers).register('test.note', (payload, context) => {
      seen.push([payload, context.attempt, slice.get(UnitOfWork).active]);
      return Promise.resolve();
    });
    await slice
      .get(UnitOfWork)
      .run(() => slice.get(JobQueue).enqueue({ type: 'test.note', payload: { id: 'x', n: 1 } }));
    expect(await slice.runJobs()).toEqual({ done: 1, failed: 0 });
    expect(seen).toEqual([[{ id: 'x', n: 1 }, 1, false]]);
    expect(await state()).toEqual(['done']);
  });

  it('forgets a job whose cause rolled back', async () => {
    await boot();
    slice.get(JobHandlers).register('test.note', () => Promise.resolve());
    const failing = slice.get(UnitOfWork).run(async () => {
      await slice.get(JobQueue).enqueue({ type: 'test.note', payload: {} });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await slice.runJobs()).toEqual({ done: 0, failed: 0 });
  });

  it('adds one job a dedupe key while it waits, and another once it has run', async () => {
    await boot();
    slice.get(JobHandlers).register('test.note', () => Promise.resolve());
    const queue = slice.get(JobQueue);
    const add = () => queue.enqueue({ type: 'test.note', payload: {}, dedupeKey: 'k' });
    await Promise.all([add(), add(), add()]);
    await slice.get(UnitOfWork).run(async () => {
      await add();
      await queue.enqueue({ type: 'test.note', payload: {}, dedupeKey: 'other' });
    });
    expect(await slice.runJobs()).toEqual({ done: 2, failed: 0 });
    await add();
    expect(await slice.runJobs()).toEqual({ done: 1, failed: 0 });
  });

  it('runs a job no earlier than it is due', async () => {
    await boot();
    slice.get(JobHandlers).register('test.note', () => Promise.resolve());
    await slice.get(JobQueue).enqueue({ type: 'test.note', payload: {}, runAt: slice.clock.recordedAt() + 60_000 });
    expect(await slice.runJobs()).toEqual({ done: 0, failed: 0 });
    slice.clock.advance(60_000);
    expect(await slice.runJobs()).toEqual({ done: 1, failed: 0 });
  });

  it('tries a failed job again with growing delays and buries it in the end', async () => {
    await boot();
    const attempts: number[] = [];
    slice.get(JobHandlers).register('test.note', (_payload, { attempt }) => {
      attempts.push(attempt);
      return Promise.reject(new Error('down\nsecond line'));
    });
    await slice.get(JobQueue).enqueue({ type: 'test.note', payload: {} });
    expect(await slice.runJobs()).toEqual({ done: 0, failed: 1 });
    expect(await slice.runJobs()).toEqual({ done: 0, failed: 0 });
    for (let i = 0; i < 20; i += 1) {
      slice.clock.advance(20 * 60_000);
      await slice.runJobs();
    }
    expect(attempts).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(await slice.database.query('SELECT state, error FROM job')).toEqual([
      { state: 'dead', error: 'Error: down' },
    ]);
    expect(await slice.get(JobBacklog).read()).toEqual({ waiting: 0, running: 0, dead: 1, oldestDueAt: null });
  });

  it('lets two processes claim a job once', async () => {
    await boot();
    beside = await bootSlice({ engine, modules: [], beside: slice });
    const runs: string[] = [];
    for (const process of [slice, beside]) {
      process.get(JobHandlers).register('test.note', (payload) => {
        runs.push(String(payload['n']));
        return Promise.resolve();
      });
    }
    for (let n = 0; n < 40; n += 1) await slice.get(JobQueue).enqueue({ type: 'test.note', payload: { n } });
    await Promise.all([slice.runJobs(), beside.runJobs(), slice.runJobs(), beside.runJobs()]);
    expect(runs).toHaveLength(40);
    expect(new Set(runs).size).toBe(40);
  });

  it('runs a job again whose process crashed, once its lease has ended', async () => {
    await boot();
    const runs: number[] = [];
    slice.get(JobHandlers).register('test.note', (_payload, { attempt }) => {
      runs.push(attempt);
      return Promise.resolve();
    });
    await slice.get(JobQueue).enqueue({ type: 'test.note', payload: {} });
    const leaseEnds = slice.clock.recordedAt() + 15_000;
    await slice.database.execute(
      `UPDATE job SET state = 'running', claim = 'crashed', attempts = 1, lease_until = ?, waiting_key = NULL`,
      [leaseEnds],
    );
    slice.clock.advance(15_000);
    expect(await slice.runJobs()).toEqual({ done: 0, failed: 0 });
    slice.clock.advance(1);
    expect(await slice.runJobs()).toEqual({ done: 1, failed: 0 });
    expect(runs).toEqual([2]);
  });

  it('buries a job that took its process down at every try', async () => {
    await boot();
    slice.get(JobHandlers).register('test.note', () => Promise.reject(new Error('never called')));
    await slice.get(JobQueue).enqueue({ type: 'test.note', payload: {} });
    await slice.database.execute(
      `UPDATE job SET state = 'running', claim = 'crashed', attempts = 14, lease_until = ?`,
      [slice.clock.recordedAt() - 1],
    );
    expect(await slice.runJobs()).toEqual({ done: 0, failed: 0 });
    expect(await state()).toEqual(['dead']);
  });

  it('stores nothing for a job that another process has taken over meanwhile', async () => {
    await boot();
    slice.get(JobHandlers).register('test.note', async () => {
      await slice.database.execute(`UPDATE job SET claim = 'other', attempts = 2`);
    });
    await slice.get(JobQueue).enqueue({ type: 'test.note', payload: {} });
    await slice.runJobs();
    expect(await slice.database.query('SELECT state, claim, attempts FROM job')).toEqual([
      { state: 'running', claim: 'other', attempts: 2 },
    ]);
  });

  it('runs a schedule in one process at a time, and in another once that one has stopped', async () => {
    const runs: string[] = [];
    let overlapping = 0;
    const module = (name: string) =>
      probe(async () => {
        runs.push(name);
        overlapping += 1;
        expect(overlapping).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 5));
        overlapping -= 1;
      }).JobsProbeModule;
    slice = await bootSlice({ engine, modules: [module('first')], automaticJobs: true });
    await until(() => runs.length > 2);
    beside = await bootSlice({ engine, modules: [module('second')], automaticJobs: true, beside: slice });
    const before = runs.length;
    await until(() => runs.length > before + 2);
    expect(new Set(runs)).toEqual(new Set(['first']));
    await slice.get(ScheduleRunner).stop();
    slice.clock.advance(60_000);
    await until(() => runs.includes('second'));
  });

  it('removes finished jobs after a day, and dead ones after a month', async () => {
    await boot();
    slice.get(JobHandlers).register('test.note', () => Promise.resolve());
    for (let n = 0; n < 3; n += 1) await slice.get(JobQueue).enqueue({ type: 'test.note', payload: {} });
    await slice.runJobs();
    await slice.database.execute(
      `UPDATE job SET state = 'dead' WHERE id = (SELECT id FROM (SELECT MIN(id) AS id FROM job) j)`,
    );
    const day = 24 * 3_600_000;
    const remaining = async () => {
      await slice.runSchedule('jobs.prune');
      return state();
    };
    slice.clock.advance(day);
    expect(await remaining()).toEqual(['dead', 'done', 'done']);
    slice.clock.advance(1);
    expect(await remaining()).toEqual(['dead']);
    slice.clock.advance(29 * day);
    expect(await remaining()).toEqual([]);
  });

  for (const [name, environment] of [
    ['embedded', () => ({})],
    ['with Redis', () => ({ REDIS_URL: redisServerUrl() })],
  ] as const) {
    it(`runs jobs and schedules by itself and drains on shutdown (${name})`, async () => {
      let schedules = 0;
      const { JobsProbeModule, started, ended } = probe(() => (schedules += 1));
      slice = await bootSlice({ engine, modules: [JobsProbeModule], automaticJobs: true, environment: environment() });
      for (let n = 0; n < 50; n += 1) await slice.get(JobQueue).enqueue({ type: 'test.slow', payload: { n } });
      await until(() => started.size >= 20);
      const { database } = slice;
      await slice.get(JobRunner).stop();
      expect(ended.size).toBe(started.size);
      const rows = await database.query<{ state: string }>('SELECT state FROM job');
      expect(rows.filter((row) => row.state === 'done')).toHaveLength(ended.size);
      expect(rows.filter((row) => row.state === 'running')).toHaveLength(0);
      expect(schedules).toBeGreaterThan(0);
    });
  }

  it('finds jobs in the table when Redis is away, and stops without it', async () => {
    const { JobsProbeModule, ended } = probe(() => undefined);
    const environment = { REDIS_URL: 'redis://127.0.0.1:1' };
    slice = await bootSlice({ engine, modules: [JobsProbeModule], automaticJobs: true, environment });
    await slice.get(JobQueue).enqueue({ type: 'test.slow', payload: { n: 1 } });
    slice.clock.advance(3_000);
    await until(() => ended.size === 1);
  });
});
