import { jest } from '@jest/globals';
import { AlignedClock } from './aligned-clock';
import { Database } from './database';
import { Readiness } from './readiness';

describe('AlignedClock', () => {
  let databaseNow: number;
  let monotonic: number;
  let wall: number;
  let clock: AlignedClock;

  class TimeTeller extends Database {
    readonly engine = 'mysql';
    get manager(): never {
      throw new Error('not here');
    }
    query<Row>(): Promise<Row[]> {
      return Promise.resolve([{ now_ms: databaseNow } as Row]);
    }
    execute(): Promise<never> {
      return Promise.reject(new Error('not here'));
    }
    isDuplicate(): boolean {
      return false;
    }
  }

  const pass = (ms: number) => {
    monotonic += ms;
    wall += ms;
    databaseNow += ms;
  };

  beforeEach(() => {
    databaseNow = 1_800_000_000_000;
    wall = databaseNow;
    monotonic = 5_000;
    jest.spyOn(performance, 'now').mockImplementation(() => monotonic);
    jest.spyOn(Date, 'now').mockImplementation(() => wall);
    clock = new AlignedClock(new TimeTeller());
  });
  afterEach(() => clock.stop());

  it("tells the database's time, and keeps telling it between measurements", async () => {
    wall += 700;
    await clock.align();
    expect(clock.recordedAt()).toBe(databaseNow);
    pass(12_345);
    expect(clock.recordedAt()).toBe(databaseNow);
  });

  it("is not moved by a step of the machine's clock, but is not ready then", async () => {
    const readiness = new Readiness();
    await clock.start(readiness);
    expect(readiness.ready).toBe(true);
    wall += 3_600_000;
    expect(clock.recordedAt()).toBe(databaseNow);
    expect(readiness.problems()['clock']).toContain('3600000 ms');
    wall -= 3_600_000 - 2_000;
    expect(readiness.ready).toBe(true);
    wall += 1;
    expect(readiness.ready).toBe(false);
  });

  it('stands still rather than go back when a measurement is a little earlier', async () => {
    await clock.align();
    pass(1_000);
    const before = clock.recordedAt();
    databaseNow -= 300;
    await clock.align();
    expect(clock.recordedAt()).toBe(before);
    pass(301);
    expect(clock.recordedAt()).toBe(databaseNow);
  });

  it('follows a large step of the database', async () => {
    await clock.align();
    clock.recordedAt();
    databaseNow -= 3_600_000;
    await clock.align();
    expect(clock.recordedAt()).toBe(databaseNow);
  });
});
