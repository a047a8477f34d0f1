// kill -9 under load, and what must be true afterwards.
import { Client } from './client.mjs';
import { Installation } from './installation.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const EMAIL_PRICE = 1_000;
const CHECK_PRICE = 1_000;
/** What a check says that was evaluated; one that came too late costs nothing. */
const EVALUATED = new Set([null, 'wrong_code', 'too_many_checks']);

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

/**
 * The documented refunds, each shown on its rows: a send is given back when it ended without any provider having taken
 * it, or possibly taken it, and by one entry of its price.
 */
async function refundsOf(installation) {
  const sends = await installation.rows(
    `SELECT s.message_id AS message, s.verification_id AS id, s.price AS price, s.state AS state, m.state AS delivery,
        m.error_class AS class, m.error_code AS code, m.maybe_sent AS maybe
      FROM verification_send s JOIN message m ON m.id = s.message_id WHERE s.refunded_at IS NOT NULL`,
  );
  const attempts = await installation.rows(
    'SELECT a.message_id AS message, a.outcome AS outcome FROM message_attempt a JOIN verification_send s ON s.message_id = a.message_id WHERE s.refunded_at IS NOT NULL',
  );
  const entries = await installation.rows(
    "SELECT source_id AS message, amount FROM ledger_transaction WHERE kind = 'refund' AND source_type = 'message'",
  );
  const faults = [];
  const refunds = new Map();
  const rows = sends.map((send) => {
    const of = (list) => list.filter(({ message }) => message === send.message);
    const outcomes = of(attempts).map(({ outcome }) => outcome ?? 'open');
    const given = of(entries).map(({ amount }) => Number(amount));
    const taken = outcomes.some((outcome) => outcome !== 'refused') || Number(send.maybe) !== 0;
    if (taken || !['failed', 'suppressed'].includes(send.state) || send.state !== send.delivery)
      faults.push(`${send.message} was given back though it may have been sent: ${JSON.stringify({ send, outcomes })}`);
    if (given.length !== 1 || given[0] !== Number(send.price))
      faults.push(`${send.message} of ${send.price} was given back as ${JSON.stringify(given)}`);
    refunds.set(send.id, (refunds.get(send.id) ?? 0) + Number(send.price));
    return { ...send, outcomes, given };
  });
  if (entries.length !== sends.length)
    faults.push(`${entries.length} refunds are entered, ${sends.length} sends say so`);
  return { faults, refunds, rows };
}

/** Each live one costs one message, and one check if one was evaluated; less what was given back. */
function faultsOfPrices(client, charged, refunds) {
  return client.starts.flatMap(({ live, id }) => {
    const check = client.checks.get(id);
    const checked = check !== undefined && EVALUATED.has(check.reason);
    const wanted = (live ? EMAIL_PRICE + (checked ? CHECK_PRICE : 0) : 0) - (refunds.get(id) ?? 0);
    if (charged.get(id) === wanted) return [];
    return [`${id} was charged ${charged.get(id)}, not ${wanted}; its check said ${JSON.stringify(check ?? null)}`];
  });
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
    // A start that a kill cuts off has taken its place in its destination's allowance, and so has each repetition.
    await installation.end('SIGTERM');
    await installation.change("UPDATE rate_limit_rule SET enabled = 0 WHERE policy LIKE 'destination%'");
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
    const refunded = await refundsOf(installation);
    faults.push(...refunded.faults, ...faultsOfPrices(client, charged, refunded.refunds));
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
      charged: [...charged.values()].reduce((sum, each) => sum + each, 0),
      refunded: refunded.rows,
      lateChecks: [...client.checks.values()].filter(({ reason }) => !EVALUATED.has(reason)).length,
      ...duringKills,
      ledger: ledger.text.trim().split('\n').at(-1),
      audit: audit.text.trim().split('\n').at(-1),
      faults,
    };
  } finally {
    await installation.remove();
  }
}
