// Everything that is measured on one engine, in one run: the raw baseline and the product beside each other.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { startFakeProvider } from './fake-provider.mjs';
import { busyMeter, measureFsync } from './machine.mjs';
import { closedLoop, openLoop } from './pairs.mjs';
import { populate } from './population.mjs';
import { cpuSeconds, residentMb, startProduct } from './product.mjs';
import { best, mysqlBaseline, sqliteBaseline, sweep } from './raw-baseline.mjs';
import { measureSessions, measureSignIns } from './sign-ins.mjs';
import { startServices } from '../test-services/test-services.mjs';

const METRICS_TOKEN = 'bench-metrics-token';
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where the rows go: an embedded file, or a private server that puts every commit on the disk. */
async function openStorage(engine, folder) {
  mkdirSync(folder, { recursive: true });
  if (engine === 'sqlite') {
    return {
      databaseUrl: undefined,
      facts: { settings: 'WAL, synchronous=FULL', binlog: 'none' },
      baseline: async (name) => sqliteBaseline(folder, `${name}.db`),
      counts: async () => ({}),
      close: async () => undefined,
    };
  }
  const services = await startServices({ durable: true });
  const url = `${services.env.TEST_MYSQL_URL}/tollgate_bench`;
  const admin = await mysql.createConnection(services.env.TEST_MYSQL_URL);
  await admin.query('DROP DATABASE IF EXISTS tollgate_bench');
  await admin.query('CREATE DATABASE tollgate_bench');
  const [[facts]] = await admin.query(
    `SELECT VERSION() AS version, @@log_bin AS log_bin, @@innodb_flush_log_at_trx_commit AS flush, @@sync_binlog AS sync_binlog`,
  );
  const counts = async () => {
    const [rows] = await admin.query(
      `SHOW GLOBAL STATUS WHERE Variable_name IN ('Questions', 'Handler_commit', 'Com_commit', 'Innodb_os_log_fsyncs')`,
    );
    return Object.fromEntries(rows.map((row) => [row.Variable_name, Number(row.Value)]));
  };
  return {
    databaseUrl: url,
    facts: {
      settings: `${facts.version}, innodb_flush_log_at_trx_commit=${facts.flush}`,
      binlog: Number(facts.log_bin) === 0 ? 'off' : `on, sync_binlog=${facts.sync_binlog}`,
    },
    baseline: () => mysqlBaseline(url),
    counts,
    close: async () => {
      await admin.query('DROP DATABASE tollgate_bench');
      await admin.end();
      await services.stop();
    },
  };
}

async function commitCounts(product, storage) {
  const answer = await fetch(`${product.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  const text = await answer.text();
  const read = (name) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1] ?? 0);
  return {
    commits: read('tollgate_database_commits'),
    units: read('tollgate_database_units'),
    retries: read('tollgate_database_retries'),
    ...(await storage.counts()),
  };
}

/** Runs a load and says what it cost: CPU of the processes, memory, commits and statements, each by pair. */
async function observed({ product, storage }, load) {
  const before = { api: cpuSeconds(product.pid), bench: process.cpuUsage(), db: await commitCounts(product, storage) };
  const busy = busyMeter();
  let memoryMb = 0;
  const watch = setInterval(() => (memoryMb = Math.max(memoryMb, residentMb(product.pid))), 250);
  const figures = await load().finally(() => clearInterval(watch));
  const share = busy();
  const bench = process.cpuUsage(before.bench);
  const after = await commitCounts(product, storage);
  const perPair = Object.fromEntries(
    Object.entries(after).map(([name, count]) => [name, (count - before.db[name]) / figures.pairs]),
  );
  return {
    ...figures,
    machineBusy: share,
    memoryMb,
    apiCpuMsPerPair: ((cpuSeconds(product.pid) - before.api) * 1_000) / figures.pairs,
    generatorCpuMsPerPair: (bench.user + bench.system) / 1_000 / figures.pairs,
    perPair,
  };
}

/** Money, messages and metrics agree with what was answered. */
async function assertCorrect(product, provider, pairs) {
  for (let tries = 0; tries < 300 && provider.messages < pairs; tries += 1) await sleep(100);
  const now = Date.now();
  const from = new Date(now - 6 * 3_600_000).toISOString();
  const to = new Date(now + 3_600_000).toISOString();
  const ledger = await product.call('GET', '/v1/credits/integrity');
  const { metrics } = await product.call('GET', `/v1/metrics/summary?from=${from}&to=${to}`);
  const facts = {
    pairs,
    sends: provider.messages,
    started: metrics.started.value,
    validated: metrics.validated.value,
    ledgerOk: ledger.ok,
    ledgerTransactions: ledger.transactions,
  };
  const right = facts.sends === pairs && facts.started === pairs && facts.validated === pairs && ledger.ok;
  if (!right) throw new Error(`the run was not correct: ${JSON.stringify(facts)}`);
  return facts;
}

export async function runEngine(engine, options, log) {
  const folder = join(options.folder, engine);
  const storage = await openStorage(engine, folder);
  const provider = await startFakeProvider();
  const product = await startProduct({
    server: options.server,
    dataDir: folder,
    databaseUrl: storage.databaseUrl,
    nodeArgs: options.profile ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [],
    environment: { METRICS_TOKEN },
  });
  let pairs = 0;
  const counted = (figures) => ((pairs += figures.pairs), figures);
  try {
    log(
      `${engine}: ${storage.facts.settings}, binary log ${storage.facts.binlog}; making ${options.organizations} organizations`,
    );
    const organizations = await populate(product, { provider, organizations: options.organizations });
    const target = { port: product.port, provider, organizations };
    const subject = { product, storage };
    const fsync = measureFsync(folder);
    counted(await closedLoop({ ...target, clients: 32, seconds: options.warmup }));

    log(`${engine}: raw baseline`);
    const baseline = await storage.baseline('raw');
    const rawBefore = await sweep(baseline, options.seconds / 2);

    const closed = [];
    for (const clients of options.clients) {
      const load = () => closedLoop({ ...target, clients, seconds: options.seconds });
      closed.push(counted(await observed(subject, load)));
      log(`${engine}: ${clients} clients, ${closed.at(-1).perSecond.toFixed(0)} pairs/s`);
    }
    const ceiling = best(closed);
    const hotTarget = { ...target, organizations: organizations.slice(0, 1), clients: ceiling.clients };
    const hot = counted(await observed(subject, () => closedLoop({ ...hotTarget, seconds: options.seconds })));
    log(`${engine}: one hot organization, ${hot.perSecond.toFixed(0)} pairs/s`);
    const rate = ceiling.perSecond / 2;
    const open = counted(await observed(subject, () => openLoop({ ...target, rate, seconds: options.seconds })));
    const openHot = counted(
      await observed(subject, () => openLoop({ ...hotTarget, rate: hot.perSecond / 2, seconds: options.seconds })),
    );
    log(`${engine}: at half load, p99 start ${open.start.p99.toFixed(1)} ms, check ${open.check.p99.toFixed(1)} ms`);

    const rawAfter = await sweep(baseline, options.seconds / 2);
    const { width } = baseline;
    await baseline.close();
    const correct = await assertCorrect(product, provider, pairs);
    log(`${engine}: ${pairs} pairs; sends, rollups and ledger agree`);

    const signIns = await measureSignIns(product, options.quick ? 2 : 5);
    const sessions = await measureSessions(product, { seconds: options.quick ? 1 : 4, clients: 32 });
    log(`${engine}: ${signIns.product.toFixed(1)} sign-ins/s, ${sessions.product.toFixed(0)} session checks/s`);
    const raw = best([...rawBefore, ...rawAfter]);
    return {
      engine,
      ...storage.facts,
      fsync,
      raw: { ...raw, width, rawBefore, rawAfter },
      closed,
      ceiling,
      hot,
      open,
      openHot,
      correct,
      signIns,
      sessions,
    };
  } finally {
    await product.stop();
    provider.close();
    await storage.close();
  }
}
