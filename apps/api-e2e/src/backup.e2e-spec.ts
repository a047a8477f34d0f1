import { jest } from '@jest/globals';
import { createTestDatabase, onBothEngines, type TestDatabase } from '@tollgate/api/testing';
import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './harness/cli';
import { Caller, startDemo, type Demo } from './harness/demo';
import { startServer } from './harness/server';

jest.setTimeout(300_000);

interface Place {
  readonly dataDir: string;
  readonly url: string;
}

describe('a backup of the embedded database', () => {
  let demo: Demo;
  let folder: string;
  let file: string;

  beforeAll(async () => {
    demo = await startDemo({ engine: 'sqlite' });
    // However fast the machine is, a backup under load takes more starts than the demo can pay for.
    await demo.superAdmin
      .in(demo.credentials.organization_id)
      .with({ 'idempotency-key': randomUUID() })
      .done('POST', '/v1/credits/grants', { amount: 100_000_000, reason: 'For a backup under load' });
    folder = mkdtempSync(join(tmpdir(), 'tollgate-backup-'));
    file = join(folder, 'backup.db');
  });
  afterAll(async () => {
    await demo.server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** An empty folder with the keys of the installation. */
  function elsewhere(): Place {
    const dataDir = join(folder, randomUUID());
    mkdirSync(dataDir);
    copyFileSync(join(demo.server.storage.dataDir, 'keys.json'), join(dataDir, 'keys.json'));
    return { dataDir, url: `sqlite:${join(dataDir, 'tollgate.db')}` };
  }

  /** Starts verifications until told to stop; the ids that were acknowledged, in order. */
  function load(): { readonly ids: string[]; readonly stop: () => Promise<void> } {
    const ids: string[] = [];
    const live = demo.keyed(demo.credentials.live_key);
    let stopping = false;
    const worker = async () => {
      while (!stopping) {
        const answer = await live.call('POST', '/v1/verifications', {
          to: `${randomUUID()}@backup.example`,
          channel: 'email',
        });
        if (answer.status === 201) ids.push(String(answer.body['id']));
        else await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };
    const workers = Promise.all([worker(), worker(), worker(), worker()]);
    return {
      ids,
      stop: async () => {
        stopping = true;
        await workers;
      },
    };
  }

  it('taken under load holds all that was acknowledged before, and a server runs on it elsewhere', async () => {
    const work = load();
    while (work.ids.length < 20) await new Promise((resolve) => setTimeout(resolve, 20));
    const before = [...work.ids];
    const taken = await runCli(demo.server.storage, ['backup', file]);
    await work.stop();
    expect(taken).toMatchObject({ status: 0 });
    expect(work.ids.length).toBeGreaterThan(before.length);
    expect(statSync(file).mode & 0o777).toBe(0o600);

    const place = elsewhere();
    expect(await runCli(place, ['restore', file])).toMatchObject({ status: 0 });
    expect(await runCli(place, ['verify-ledger'])).toMatchObject({ status: 0 });
    expect(await runCli(place, ['verify-audit'])).toMatchObject({ status: 0 });

    const server = await startServer({
      beside: demo.server,
      environment: { TOLLGATE_DATA_DIR: place.dataDir, DATABASE_URL: place.url },
    });
    try {
      const live = new Caller(server, { authorization: `Bearer ${demo.credentials.live_key}` });
      for (const id of before) expect(await live.call('GET', `/v1/verifications/${id}`)).toMatchObject({ status: 200 });
      expect(await live.call('POST', '/v1/verifications', { to: 'after@backup.example' })).toMatchObject({
        status: 201,
      });
    } finally {
      await server.close();
    }
  });

  it('is never written over another, and never damaged or foreign', async () => {
    expect(await runCli(demo.server.storage, ['backup', file])).toMatchObject({ status: 2 });
    const damaged = join(folder, 'damaged.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 8_192, bytes.length - 4_096);
    writeFileSync(damaged, bytes);
    const place = elsewhere();
    const refused = await runCli(place, ['restore', damaged]);
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.text).toContain('cannot be used');
    const foreign = join(folder, 'foreign.db');
    writeFileSync(foreign, '');
    expect((await runCli(place, ['restore', foreign])).text).toContain('no schema of Tollgate');
    expect(existsSync(join(place.dataDir, 'tollgate.db'))).toBe(false);
  });

  it('is not restored over data unless they are given up, and never under a running server', async () => {
    const refused = await runCli(demo.server.storage, ['restore', file]);
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.text).toContain('--force');
    const running = await runCli(demo.server.storage, ['restore', file, '--force']);
    expect(running).toMatchObject({ status: 1 });
    expect(running.text).toContain('stop it first');
    const balance = await demo.admin.call('GET', '/v1/credits');
    expect(balance.status).toBe(200);

    const place = elsewhere();
    expect(await runCli(place, ['migrate'])).toMatchObject({ status: 0 });
    expect(await runCli(place, ['restore', file, '--force'])).toMatchObject({ status: 0 });
    expect(await runCli(place, ['verify-ledger'])).toMatchObject({ status: 0 });
  });
});

onBothEngines((engine) => {
  describe('the schema', () => {
    let storage: TestDatabase;

    beforeAll(async () => {
      storage = await createTestDatabase(engine);
    });
    afterAll(() => storage.drop());

    const tables = async (): Promise<string[]> => {
      const sql =
        engine === 'sqlite'
          ? `SELECT name FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY name`
          : `SELECT CONCAT(table_name, '.', column_name) AS name FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY 1`;
      return (await storage.directly<{ name: string }>(sql)).map(({ name }) => name);
    };

    it('goes back to any step and forth again to what it was', async () => {
      expect(await runCli(storage, ['migrate'])).toMatchObject({ status: 0 });
      const complete = await tables();
      const applied = await storage.directly<{ name: string }>('SELECT name FROM schema_migration ORDER BY name');
      const middle = applied[Math.floor(applied.length / 2)]?.name ?? '';

      expect(await runCli(storage, ['rollback', 'no-such-step'])).toMatchObject({ status: 2 });
      const back = await runCli(storage, ['rollback', middle]);
      expect(back).toMatchObject({ status: 0 });
      const left = await storage.directly<{ name: string }>('SELECT name FROM schema_migration ORDER BY name');
      expect(left.at(-1)?.name).toBe(middle);
      expect((await tables()).length).toBeLessThan(complete.length);
      expect((await runCli(storage, ['verify-ledger'])).text).toContain('run migrate first');

      expect(await runCli(storage, ['migrate'])).toMatchObject({ status: 0 });
      expect(await tables()).toEqual(complete);
      expect(await runCli(storage, ['verify-ledger'])).toMatchObject({ status: 0 });
    });
  });
});
