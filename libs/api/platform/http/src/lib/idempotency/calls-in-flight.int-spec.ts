import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { RedisConnection } from '../redis-connection';
import { CallsInFlight } from './calls-in-flight';

const MOST_LEFT_MS = 6_000;

/** A process of its own, as far as Redis sees. */
function aProcess(): { readonly calls: CallsInFlight; readonly redis: Redis } {
  const url = process.env['TEST_REDIS_URL'];
  if (url === undefined) throw new Error('TEST_REDIS_URL is not set: run the tests with `npm test`');
  const redis = new Redis(url);
  return { redis, calls: new CallsInFlight({ client: redis } as unknown as RedisConnection) };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
}

describe('calls in flight, with Redis', () => {
  const here = aProcess();
  const there = aProcess();
  afterAll(() => {
    here.redis.disconnect();
    there.redis.disconnect();
  });

  const refused = { granted: false, fingerprint: 'print' };

  it('are claimed by one process until it lets go', async () => {
    const id = randomUUID();
    const mine = await here.calls.claim(id, 'print');
    expect(await there.calls.claim(id, 'print')).toEqual(refused);
    if (mine.granted) await mine.release();
    const theirs = await there.calls.claim(id, 'print');
    expect(theirs.granted).toBe(true);
    // Letting go twice does not let go of what is somebody else's by now.
    if (mine.granted) await mine.release();
    expect(await here.calls.claim(id, 'print')).toEqual(refused);
    if (theirs.granted) await theirs.release();
  });

  it('stay claimed as long as they run, and come free soon after their process is gone', async () => {
    const gone = aProcess();
    const id = randomUUID();
    await gone.calls.claim(id, 'print');
    const left = () => here.redis.pttl(`idem:${id}`);
    let before = await left();
    expect(before).toBeLessThanOrEqual(MOST_LEFT_MS);
    // What is left goes down, and up again when the claim is renewed.
    await until(async () => {
      const now = await left();
      const renewed = now > before;
      before = now;
      return renewed;
    });
    expect(before).toBeLessThanOrEqual(MOST_LEFT_MS);
    expect(await there.calls.claim(id, 'print')).toEqual(refused);
    gone.redis.disconnect();
    await until(async () => (await left()) < 0);
    const theirs = await there.calls.claim(id, 'print');
    expect(theirs.granted).toBe(true);
    if (theirs.granted) await theirs.release();
  });
});
