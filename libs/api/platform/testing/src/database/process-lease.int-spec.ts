import { bootSlice, onBothEngines, type Slice } from '../index';
import { ProcessLease, Readiness } from '@tollgate/api/database';

onBothEngines((engine) => {
  let slice: Slice;
  const leases: ProcessLease[] = [];
  beforeEach(async () => {
    slice = await bootSlice({ engine, modules: [] });
  });
  afterEach(async () => {
    for (const lease of leases.splice(0)) await lease.stop();
    await slice.close();
  });

  const process = (waitMs = 0) => {
    const lease = new ProcessLease(slice.database, slice.clock, 'api', { ttlMs: 60_000, waitMs });
    leases.push(lease);
    return lease;
  };

  it('lets one process have the lease, and the next once it is given back', async () => {
    const [first, second] = [process(), process()];
    const readiness = new Readiness();
    await first.start(readiness);
    expect(readiness.ready).toBe(true);
    await expect(second.start(new Readiness())).rejects.toThrow('REDIS_URL');
    await first.stop();
    expect(Object.keys(readiness.problems())).toEqual(['lease']);
    await second.start(new Readiness());
  });

  it('gives the lease of a process that crashed to the next once it has ended', async () => {
    await process().start(new Readiness());
    slice.clock.advance(60_001);
    const second = process();
    await second.start(new Readiness());
    await expect(process().start(new Readiness())).rejects.toThrow('another Tollgate process');
  });

  it('gives an expired lease to one of several that ask at once', async () => {
    await process().start(new Readiness());
    slice.clock.advance(60_001);
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => process().start(new Readiness())));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
