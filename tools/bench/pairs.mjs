// Metered pairs: a start and its check over HTTP, with the code that the provider was sent.
import { performance } from 'node:perf_hooks';
import { Connection, Pool, requestBytes } from './connection.mjs';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Mobile numbers of South Africa, each once, spread over their blocks as real ones are. */
const MOBILE = ['82', '83', '84', '72', '73', '76'];
let taken = 0;
function nextNumber() {
  taken += 1;
  const block = MOBILE[Math.floor(taken / 10_000_000) % MOBILE.length];
  return `+27${block}${String((taken * 7_654_321) % 10_000_000).padStart(7, '0')}`;
}

function startBytes(token, to) {
  return requestBytes('POST', '/v1/verifications', [`authorization: Bearer ${token}`], {
    to,
    channel: 'sms',
    client: { ip: `10.${(taken >> 16) & 255}.${(taken >> 8) & 255}.${taken & 255}`, user_ref: `user-${taken}` },
  });
}

function checkBytes(token, id, code) {
  return requestBytes('POST', `/v1/verifications/${id}/check`, [`authorization: Bearer ${token}`], { code });
}

function startedId({ status, body }) {
  if (status !== 201) throw new Error(`a start was answered with ${status}: ${body}`);
  return JSON.parse(body).id;
}

function assertRight({ status, body }) {
  if (status !== 200 || JSON.parse(body).valid !== true)
    throw new Error(`a check was answered with ${status}: ${body}`);
}

/** Every client waits for its answers: the ceiling. @returns pairs a second */
export async function closedLoop({ port, provider, organizations, clients, seconds }) {
  const began = performance.now();
  const until = began + seconds * 1_000;
  let pairs = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, index) => {
      const connection = await Connection.open(port);
      for (let turn = index; performance.now() < until; turn += clients) {
        const { token } = organizations[turn % organizations.length];
        const to = nextNumber();
        const id = startedId(await connection.send(startBytes(token, to)));
        assertRight(await connection.send(checkBytes(token, id, await provider.codeFor(to))));
        pairs += 1;
      }
      connection.close();
    }),
  );
  return { clients, pairs, perSecond: pairs / ((performance.now() - began) / 1_000) };
}

/**
 * Pairs begin by the clock, whatever the server does: latencies count from when a request was due, so a stall is felt
 * by every request that it delayed. A check is due when its code has arrived.
 */
export async function openLoop({ port, provider, organizations, rate, seconds }) {
  const pool = new Pool(port);
  const starts = [];
  const checks = [];
  const sends = [];
  const running = new Set();
  let failure = null;
  const pair = async (due, token) => {
    const to = nextNumber();
    const started = await pool.send(startBytes(token, to));
    const answered = performance.now();
    starts.push(answered - due);
    const id = startedId(started);
    const code = await provider.codeFor(to);
    const arrived = performance.now();
    sends.push(arrived - answered);
    assertRight(await pool.send(checkBytes(token, id, code)));
    checks.push(performance.now() - arrived);
  };
  const began = performance.now();
  const total = Math.floor(rate * seconds);
  for (let index = 0; index < total && failure === null; index += 1) {
    const due = began + (index * 1_000) / rate;
    const early = due - performance.now();
    if (early > 0) await sleep(early);
    const { token } = organizations[index % organizations.length];
    const one = pair(due, token)
      .catch((error) => (failure = error))
      .finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  const took = (performance.now() - began) / 1_000;
  const connections = pool.size;
  pool.close();
  if (failure !== null) throw failure;
  return {
    rate,
    pairs: total,
    perSecond: total / took,
    connections,
    start: percentiles(starts),
    check: percentiles(checks),
    toProvider: percentiles(sends),
  };
}

/** Milliseconds. */
export function percentiles(values) {
  const sorted = Float64Array.from(values).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}
