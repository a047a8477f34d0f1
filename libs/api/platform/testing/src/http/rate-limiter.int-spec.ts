import { readConfig, ConfigModule } from '@tollgate/api/config';
import { Database, Readiness, UnitOfWork } from '@tollgate/api/database';
import { HttpModule, RateLimiter } from '@tollgate/api/http';
import { JobHandlers } from '@tollgate/api/jobs';
import { Clock, SystemClock } from '@tollgate/api/kernel';
import { Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { redisServerUrl } from '../lib/test-database';

const providers = [
  { provide: Clock, useClass: SystemClock },
  { provide: Readiness, useClass: Readiness },
  { provide: Database, useValue: {} },
  { provide: UnitOfWork, useValue: { beforeCommit: () => undefined } },
  { provide: JobHandlers, useValue: { schedule: () => undefined } },
];

@Module({})
class PlatformModule {}
const Platform = { module: PlatformModule, global: true, providers, exports: providers.map(({ provide }) => provide) };

async function limiterOf(
  environment: Record<string, string>,
): Promise<{ limiter: RateLimiter; close: () => Promise<void> }> {
  const config = readConfig({
    TOLLGATE_PROFILE: 'test',
    TOLLGATE_DATA_DIR: '/nowhere',
    TOLLGATE_KEYS: `t:${KEY}`,
    TOLLGATE_HASH_KEY: OTHER,
    ...environment,
  });
  const context = await Test.createTestingModule({
    imports: [ConfigModule.forRoot(config), Platform, HttpModule],
  }).compile();
  await context.init();
  return { limiter: context.get(RateLimiter), close: () => context.close() };
}

const KEY = Buffer.alloc(32, 1).toString('base64');
const OTHER = Buffer.alloc(32, 2).toString('base64');
const policyOf = (limit: number) => ({ name: `spec_${randomUUID()}`, limit, windowSeconds: 60 });

/** A way to Redis that a spec can cut, or stop without cutting. */
class Wire {
  private readonly sockets = new Set<Socket>();
  private server: Server | null = null;
  port = 0;
  hanging = false;

  async open(): Promise<void> {
    const target = new URL(redisServerUrl());
    this.server = createServer((near) => {
      const far = connect(Number(target.port), target.hostname);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
      }
      near.on('data', (data) => this.hanging || far.write(data));
      far.on('data', (data) => this.hanging || near.write(data));
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
    await new Promise<void>((done) => this.server?.listen(this.port, '127.0.0.1', done));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async cut(): Promise<void> {
    const closed = new Promise((done) => this.server?.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

describe('the rate limiter', () => {
  it('allows as many as it may in a window, and says when there is room again', async () => {
    const { limiter, close } = await limiterOf({});
    const policy = policyOf(3);
    const standings = [];
    for (let index = 0; index < 4; index += 1) standings.push(await limiter.take(policy, 'a'));
    expect(standings.map(({ allowed, remaining }) => [allowed, remaining])).toEqual([
      [true, 2],
      [true, 1],
      [true, 0],
      [false, 0],
    ]);
    expect(standings[3]?.resetSeconds).toBeGreaterThan(0);
    expect((await limiter.take(policy, 'b')).allowed).toBe(true);
    expect(await limiter.peek(policy, 'a')).toMatchObject({ allowed: false });
    expect(await limiter.peek(policy, 'c')).toMatchObject({ allowed: true, remaining: 3 });
    await limiter.clear(policy, 'a');
    expect((await limiter.take(policy, 'a')).remaining).toBe(2);
    await close();
  });

  it('counts together over processes that share Redis', async () => {
    const environment = { REDIS_URL: redisServerUrl(), TOLLGATE_PROCESSES: '2' };
    const [first, second] = [await limiterOf(environment), await limiterOf(environment)];
    const policy = policyOf(10);
    await connected(first.limiter, second.limiter);
    const taken = await Promise.all(
      Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? first : second).limiter.take(policy, 'shared')),
    );
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(10);
    await first.close();
    await second.close();
  });

  it.each(['is cut off', 'hangs'])('allows each process its share while Redis %s, and never more', async (how) => {
    const wire = new Wire();
    await wire.open();
    const { limiter, close } = await limiterOf({
      REDIS_URL: `redis://127.0.0.1:${wire.port}`,
      TOLLGATE_PROCESSES: '5',
    });
    await connected(limiter);
    if (how === 'hangs') wire.hanging = true;
    else await wire.cut();
    const policy = policyOf(10);
    const taken = [];
    for (let index = 0; index < 6; index += 1) taken.push(await limiter.take(policy, 'a'));
    expect(taken.filter(({ allowed }) => allowed)).toHaveLength(2);
    if (how === 'hangs') await wire.cut();
    await close();
  });

  /** Until Redis counts: alone, one of several processes would allow its share of two, which is one. */
  async function connected(...limiters: RateLimiter[]): Promise<void> {
    for (const limiter of limiters) {
      for (let counted = false; !counted;) {
        const policy = policyOf(2);
        await limiter.take(policy, 'probe');
        counted = (await limiter.take(policy, 'probe')).allowed;
        if (!counted) await pause(10);
      }
    }
  }
});
