// kill -9 under load, and what must be true afterwards.
import { Client } from './client.mjs';
import { Installation } from './installation.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const EMAIL_PRICE = 1_000;
const CHECK_PRICE = 1_000;

/** Until the work since the last kill is well under way, however slow the machine; not for ever, if it never is. */
async function moreAcknowledged(client) {
  const wanted = client.starts.length + 20;
  for (const until = performance.now() + 30_000; client.starts.length < wanted && performance.now() < until;) {
    await sleep(20);
  }
}

/** So many at a time. */
async function each(things, act) {
  const rest = [...things];
  const worker = async () => {
    for (let thing = rest.pop(); thing !== undefined; thing = rest.pop()) await act(thing);
  };
  await Promise.all(Array.from({ length: 8 }, worker));
}

/** Each acknowledged start is there, its key starts nothing again, and its check stands. Notes what it was charged. */
async function faultsOfStarts(client, charged) {
  const faults = [];
  await each(client.starts, async ({ live, token, key, body, id }) => {
    const read = await client.insist(token, 'GET', `/v1/verifications/${id}`);
    if (read.status !== 200) return faults.push(`the acknowledged start ${id} is gone: ${read.status}`);
    const check = client.checks.get(id);
    if (check?.valid === true && read.body.status !== 'approved')
      faults.push(`${id} was valid and is ${read.body.status}`);
    if (!live && check !== undefined && !check.valid) faults.push(`the right code of ${id} was refused`);
    charged.set(id, read.body.credits.charged);
    const replay = await client.insist(token, 'POST', '/v1/verifications', key, body);
    if (replay.body.id !== id) faults.push(`the key of ${id} started ${replay.body.id} again`);
  });
  return faults;
}

/** Each live one costs one message, and one check if it was checked; a message that no try brought out is given back. */
async function faultsOfPrices(installation, client, charged) {
  const rows = await installation.rows(
    'SELECT verification_id AS id, SUM(price) AS price FROM verification_send WHERE refunded_at IS NOT NULL GROUP BY verification_id',
  );
  const refunds = new Map(rows.map(({ id, price }) => [id, Number(price)]));
  const faults = client.starts.flatMap(({ live, id }) => {
    const full = live ? EMAIL_PRICE + (client.checks.has(id) ? CHECK_PRICE : 0) : 0;
    const wanted = full - (refunds.get(id) ?? 0);
    return charged.get(id) === wanted ? [] : [`${id} was charged ${charged.get(id)}, not ${wanted}`];
  });
  return { faults, refunds: refunds.size };
}

/** What no answer shows: rows beside those that were acknowledged, and charges that happened twice. */
async function faultsOfRows(installation) {
  const faults = [];
  const twice = await installation.rows(
    'SELECT destination_hash AS destination, test, COUNT(*) AS n FROM verification GROUP BY destination_hash, test HAVING COUNT(*) > 1',
  );
  for (const { destination, n } of twice) faults.push(`${n} verifications for the one call to ${destination}`);
  const charges = await installation.rows(
    "SELECT source_id, kind, COUNT(*) AS n FROM ledger_transaction WHERE source_type IN ('verification', 'message') AND kind IN ('charge', 'capture') GROUP BY source_id, kind HAVING COUNT(*) > 1",
  );
  for (const { source_id: source, kind, n } of charges) faults.push(`${n} times ${kind} for ${source}`);
  return faults;
}

/**
 * @param {{ engine: 'sqlite' | 'mysql', dist: string, kills: number, workers: number, log: (line: string) => void }} how
 */
export async function killUnderLoad({ engine, dist, kills, workers, log }) {
  const installation = await Installation.make(engine, dist);
  try {
    await installation.start();
    const { live_key: live, test_key: test } = installation.credentials;
    const client = new Client(installation.origin, { live, test });
    const load = client.run(workers);
    let failed = null;
    load.catch((error) => (failed = error));
    for (let kill = 1; kill <= kills; kill += 1) {
      // Mostly in the middle of work, sometimes in the middle of starting.
      if (kill % 5 === 0) await sleep(150 + Math.random() * 900);
      else {
        await installation.ready();
        await moreAcknowledged(client);
        await sleep(Math.random() * 500);
      }
      await installation.end('SIGKILL');
      log(
        `${engine}: kill ${kill} of ${kills}; ${client.starts.length} starts and ${client.checks.size} checks acknowledged`,
      );
      installation.spawn();
      if (failed !== null) throw failed;
    }
    await installation.ready();
    client.stop();
    await load;
    const duringKills = { ...client.figures };
    log(`${engine}: reading back ${client.starts.length} starts`);
    const charged = new Map();
    const faults = await faultsOfStarts(client, charged);
    await installation.end('SIGTERM');
    const prices = await faultsOfPrices(installation, client, charged);
    faults.push(...prices.faults);
    faults.push(...(await faultsOfRows(installation)));
    const ledger = installation.command('verify-ledger');
    const audit = installation.command('verify-audit');
    for (const { status, text } of [ledger, audit]) if (status !== 0) faults.push(text);
    const [{ n: rows }] = await installation.rows('SELECT COUNT(*) AS n FROM verification');
    return {
      engine,
      kills,
      starts: client.starts.length,
      checks: client.checks.size,
      verifications: Number(rows),
      refundedSends: prices.refunds,
      ...duringKills,
      ledger: ledger.text.trim().split('\n').at(-1),
      audit: audit.text.trim().split('\n').at(-1),
      faults,
    };
  } finally {
    await installation.remove();
  }
}
