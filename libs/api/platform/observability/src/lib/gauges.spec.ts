import type { DatabaseFigures, Figures } from '@tollgate/api/database';
import type { JobBacklog } from '@tollgate/api/jobs';
import type { Clock } from '@tollgate/api/kernel';
import { BacklogGauges } from './backlog-gauges';
import { DatabaseGauges } from './database-gauges';
import { Instruments } from './instruments';

const NOW = 1_800_000_000_000;

/** Value of a gauge in one scrape, by name and labels. */
async function scrape(instruments: Instruments): Promise<(name: string) => number | null> {
  const lines = (await instruments.text()).split('\n');
  return (name) => {
    const line = lines.find((each) => each.startsWith(`${name} `));
    return line === undefined ? null : Number(line.slice(name.length));
  };
}

it('shows the figures of the database as they are at the scrape, not at the one before', async () => {
  const instruments = new Instruments();
  let now: Figures = { commits: 1, units: 2, committed: 3, retries: 4, waiting: 5 };
  const figures = { read: () => now } as unknown as DatabaseFigures;
  new DatabaseGauges(instruments, figures).onModuleInit();
  const shown = async () => {
    const value = await scrape(instruments);
    return ['commits', 'units', 'units_of_work', 'retries', 'waiting'].map((name) =>
      value(`tollgate_database_${name}`),
    );
  };
  expect(await shown()).toEqual([1, 2, 3, 4, 5]);
  now = { commits: 11, units: 12, committed: 13, retries: 14, waiting: 0 };
  expect(await shown()).toEqual([11, 12, 13, 14, 0]);
});

describe('the backlog of jobs', () => {
  const backlogOf = (read: () => Promise<Awaited<ReturnType<JobBacklog['read']>>>): Instruments => {
    const instruments = new Instruments();
    const clock = { recordedAt: () => NOW } as unknown as Clock;
    new BacklogGauges(instruments, { read } as unknown as JobBacklog, clock).onModuleInit();
    return instruments;
  };

  it('is asked for once a scrape, and each gauge shows that answer', async () => {
    let asked = 0;
    const instruments = backlogOf(() => {
      asked += 1;
      return Promise.resolve({ waiting: asked, running: 10 + asked, dead: 0, oldestDueAt: NOW - asked * 1_000 });
    });
    for (const round of [1, 2, 3]) {
      const value = await scrape(instruments);
      expect(value('tollgate_jobs{state="waiting"}')).toBe(round);
      expect(value('tollgate_jobs{state="running"}')).toBe(10 + round);
      expect(value('tollgate_jobs_oldest_due_seconds')).toBe(round);
      expect(asked).toBe(round);
    }
  });

  it('that cannot be read leaves the last value, and the other figures', async () => {
    let away = false;
    const instruments = backlogOf(() =>
      away
        ? Promise.reject(new Error('the server is away'))
        : Promise.resolve({ waiting: 7, running: 0, dead: 0, oldestDueAt: null }),
    );
    await scrape(instruments);
    away = true;
    const value = await scrape(instruments);
    expect(value('tollgate_jobs{state="waiting"}')).toBe(7);
    expect(value('process_cpu_seconds_total')).not.toBeNull();
  });
});
