// A client application that keeps its word: each call has an Idempotency-Key, and a call that got no answer is made
// again, with the same key and body, until it gets one. What was answered goes into the journal.
import { randomUUID } from 'node:crypto';

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
/** Not an answer about the call itself: it may be made again. */
const COME_BACK = new Set([409, 425, 429, 500, 502, 503, 504]);

export class Client {
  /** Answered calls: `{ live, key, body, id }` of starts, and by id what checks said. */
  starts = [];
  checks = new Map();
  figures = { calls: 0, cutOff: 0, askedToWait: 0, replayed: 0, serverErrors: 0 };
  stopping = false;

  constructor(origin, keys) {
    Object.assign(this, { origin, keys });
  }

  async call(token, method, path, key, body) {
    const answer = await fetch(this.origin + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(30_000),
    });
    const read = await answer.json();
    return { status: answer.status, body: read, replayed: answer.headers.get('idempotency-replayed') === 'true' };
  }

  /** Until there is an answer to the call itself. */
  async insist(token, method, path, key, body) {
    for (;;) {
      this.figures.calls += 1;
      const answer = await this.call(token, method, path, key, body).catch((error) => {
        // Nobody listens: the call never left. Everything else may have been done.
        if (error.cause?.code !== 'ECONNREFUSED') this.figures.cutOff += 1;
        return null;
      });
      if (answer !== null && !COME_BACK.has(answer.status)) {
        if (answer.replayed) this.figures.replayed += 1;
        return answer;
      }
      if (answer === null) this.figures.calls -= 1;
      else if (answer.status === 500) this.figures.serverErrors += 1;
      else this.figures.askedToWait += 1;
      await sleep(answer === null ? 100 : answer.status === 429 ? 1_000 : 150);
    }
  }

  /** One person: a start, then mostly a check, with a test key the right code. */
  async person(n) {
    const live = n % 2 === 0;
    const token = live ? this.keys.live : this.keys.test;
    const body = { to: `person-${n}@killed.example`, channel: 'email' };
    const key = randomUUID();
    const started = await this.insist(token, 'POST', '/v1/verifications', key, body);
    if (started.status !== 201)
      throw new Error(`a start was answered ${started.status}: ${JSON.stringify(started.body)}`);
    const { id } = started.body;
    this.starts.push({ live, token, key, body, id });
    if (n % 5 === 4) return;
    const code = live ? '000000' : await this.codeFor(body.to);
    const checked = await this.insist(token, 'POST', `/v1/verifications/${id}/check`, randomUUID(), { code });
    if (checked.status !== 200)
      throw new Error(`a check was answered ${checked.status}: ${JSON.stringify(checked.body)}`);
    this.checks.set(id, { valid: checked.body.valid, reason: checked.body.reason, live });
  }

  async codeFor(to) {
    const path = `/v1/test/messages?to=${encodeURIComponent(to)}`;
    const inbox = await this.insist(this.keys.test, 'GET', path);
    return String(inbox.body.data?.[0]?.code ?? '000000');
  }

  /**
   * So many people at a time until `stop`; each still gets the answers that it waits for. Who waits long, say because
   * the call that was cut off counts as running for a while, makes room for another.
   */
  async run(workers) {
    let n = 0;
    const everybody = new Set();
    const worker = async () => {
      while (!this.stopping) {
        const person = this.person((n += 1));
        everybody.add(person);
        person.catch(() => undefined);
        await Promise.race([person, sleep(2_000)]);
      }
    };
    await Promise.all(Array.from({ length: workers }, worker));
    await Promise.all(everybody);
  }

  stop() {
    this.stopping = true;
  }
}
