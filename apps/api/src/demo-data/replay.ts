import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { JobRunner, ScheduleRunner } from '@tollgate/api/jobs';
import { MessageDispatcher, MessageOwners, type MessageOwner } from '@tollgate/api/messaging';
import type { PastClock } from './past-clock';
import type { Traffic } from './traffic';

interface Step {
  readonly at: number;
  readonly run: () => Promise<void>;
}

export interface ReplayCounts {
  started: number;
  approved: number;
  refused: number;
}

const SWEEP_EVERY_MS = 1_800_000;

/** The door that knows codes: the one that dispatch asks at the last moment. */
interface OwnersInside {
  ownerOf(type: string): MessageOwner | null;
}

/**
 * Lives the traffic through the served application, in the order of time: every verification, message, charge, check
 * and counter comes from the product's own code, so that every page and every verifier agrees.
 */
export async function replay(
  app: NestFastifyApplication,
  clock: PastClock,
  keys: readonly string[],
  traffic: readonly Traffic[],
  progress: (done: number, total: number) => void,
): Promise<ReplayCounts> {
  const counts: ReplayCounts = { started: 0, approved: 0, refused: 0 };
  const jobs = app.get(JobRunner, { strict: false });
  const schedules = app.get(ScheduleRunner, { strict: false });
  const messages = app.get(MessageDispatcher, { strict: false });
  const owners = app.get(MessageOwners, { strict: false }) as unknown as OwnersInside;
  const call = async (
    key: string,
    path: string,
    payload: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }> => {
    const answer = await app.inject({
      method: 'POST',
      url: path,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      payload: JSON.stringify(payload),
    });
    return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
  };

  const follow = async (key: string, id: string, act: Traffic['then'][number]['act']): Promise<void> => {
    if (act === 'resend' || act === 'cancel') return void (await call(key, `/v1/verifications/${id}/${act}`, {}));
    const secret = await owners.ownerOf('verification')?.secret(id);
    const right = secret?.code ?? '000000';
    const code = act === 'right' ? right : right.replace(/.$/, (last) => String((Number(last) + 1) % 10));
    const { body } = await call(key, `/v1/verifications/${id}/check`, { code });
    if (body['valid'] === true) counts.approved += 1;
  };

  const queue: Step[] = [];
  const add = (step: Step): void => {
    // Later steps are near: looking from the end keeps the queue in order cheaply.
    let at = queue.length;
    while (at > 0 && (queue[at - 1]?.at ?? 0) > step.at) at -= 1;
    queue.splice(at, 0, step);
  };
  let done = 0;
  const begin = (one: Traffic): Step => ({
    at: one.at,
    run: async () => {
      const key = keys[one.client] ?? '';
      const { status, body } = await call(key, '/v1/verifications', {
        to: one.to,
        channel: one.channel,
        purpose: one.purpose,
        client: { ip: one.clientIp, user_ref: one.userRef },
      });
      done += 1;
      if (done % 100 === 0) progress(done, traffic.length);
      if (status >= 300) return void (counts.refused += 1);
      counts.started += 1;
      const id = String(body['id']);
      for (const { afterMs, act } of one.then) add({ at: one.at + afterMs, run: () => follow(key, id, act) });
    },
  });

  const starts = [...traffic].sort((a, b) => a.at - b.at).map(begin);
  let nextStart = 0;
  let sweptAt = 0;
  for (;;) {
    const start = starts[nextStart];
    const waiting = queue[0];
    const step = start !== undefined && (waiting === undefined || start.at <= waiting.at) ? start : waiting;
    if (step === undefined) break;
    if (step === start) nextStart += 1;
    else queue.shift();
    clock.moveTo(step.at);
    await step.run();
    if (step === start) await messages.drain();
    if (step.at - sweptAt > SWEEP_EVERY_MS) {
      sweptAt = step.at;
      await schedules.runNow('otp.expire');
      await jobs.drain();
    }
  }
  return counts;
}
