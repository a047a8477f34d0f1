import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId } from '@tollgate/api/kernel';
import type { SendResult } from '../domain/delivery-provider';
import { giveUp, nextStep, type Ending } from '../domain/next-step';
import type { SendEvent } from '../message-queue';
import { MessageAttempts } from '../persistence/message-attempts';
import { MessageOutbox } from '../persistence/message-outbox';
import { GroupCommit } from './group-commit';
import { MessageOwnerRegistry } from './message-owner-registry';
import { RouteMessages } from './route-messages';
import { LEASE_MS, storedProviderId, type Called, type Held, type Work } from './work';
import type { LoadedProvider } from '../providers/loaded-provider';

/** How often a message is put back because of a fault of our own. */
const MAX_OWN_FAULTS = 10;

/** Nobody waits for good news in a hurry: so many of them share their statements and their commit. */
const LINGER_MS = 20;

/** A message whose work is done. */
interface Settled {
  readonly work: Held;
  readonly called: Called;
  readonly step: Ending;
}

/**
 * Writes down what came of a call: attempt, message and the owner's own rows in one transaction. Good news share commits;
 * bad news go alone, because a refund touches the account of its organization, and accounts locked in two orders by two
 * processes would deadlock.
 */
@Injectable()
export class SettleCalls {
  private readonly good = new GroupCommit<Settled>((endings) => this.write(endings), LINGER_MS);

  constructor(
    private readonly outbox: MessageOutbox,
    private readonly attempts: MessageAttempts,
    private readonly owners: MessageOwnerRegistry,
    private readonly router: RouteMessages,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The next call to make, when there is one. */
  async settle(work: Held, called: Called): Promise<Work | null> {
    const { message } = work;
    if (called.sent && work.provider !== null) await this.router.learn(work.provider, message.country, called.result);
    const others = (await this.router.candidates(message)).filter(({ id }) => !work.tried.has(id));
    const standing = {
      attempts: work.number,
      retries: message.retries,
      maybeSent: work.maybeSent,
      accepted: message.acceptedAt !== null,
      expired: message.expiresAt !== null && message.expiresAt <= this.clock.recordedAt(),
      hasAnother: others.length > 0 || message.test,
    };
    const step =
      called.sent || called.result.kind !== 'refused'
        ? nextStep(called.result, standing)
        : withdrawn(giveUp(standing), called.result.class);
    if (step.kind === 'retry') {
      await this.putBack(work, called, step.afterMs);
      return null;
    }
    if (step.kind === 'failover') {
      const route = await this.router.choose(message, work.tried);
      if (route.kind === 'provider') return this.goOn(work, called, route.provider);
    }
    const unknown = work.maybeSent || called.result.kind === 'unknown';
    await this.end({ work, called, step: step.kind === 'settle' ? step : giveUp({ ...standing, maybeSent: unknown }) });
    return null;
  }

  /** Ends a message for which no call is to be made. */
  async end(ending: Settled): Promise<void> {
    if (ending.step.state === 'accepted' || ending.step.state === 'delivered') return this.good.add(ending);
    await this.write([ending]);
  }

  private async write(endings: readonly Settled[]): Promise<void> {
    const at = this.clock.recordedAt();
    await this.unitOfWork.run(async () => {
      await this.attempts.closeAll(
        endings.flatMap(({ work: { attemptId }, called }) =>
          attemptId === null ? [] : [{ id: attemptId, ...attemptEnd(called) }],
        ),
      );
      const events: SendEvent[] = [];
      for (const ending of endings) {
        if (await this.advance(ending, at)) events.push(eventOf(ending, at));
      }
      await this.owners.tell(events);
    });
  }

  /** Whether it moved the message on. */
  private async advance({ work, called, step }: Settled, at: number): Promise<boolean> {
    const { message, claim, provider } = work;
    const { result } = called;
    const accepted = result.kind === 'accepted' ? result : null;
    const taken = accepted !== null || message.acceptedAt !== null;
    const moved = await this.outbox.settle(
      message.id,
      claim,
      {
        state: step.state,
        providerId: provider === null ? message.providerId : storedProviderId(provider),
        provider: provider?.kind ?? message.provider,
        providerMessageId: accepted?.providerMessageId ?? message.providerMessageId,
        errorClass: errorClassOf(result),
        errorCode: accepted === null ? codeOf(result) : null,
        segments: accepted?.segments ?? message.segments,
        acceptedAt: taken ? at : null,
        deliveredAt: step.state === 'delivered' ? at : null,
      },
      called.rendered,
      work.maybeSent || result.kind === 'unknown',
    );
    return moved === 'advanced';
  }

  /**
   * Nothing was sent, because we ourselves could not: the owner or the database was away. Later again, and not for ever:
   * a fault that stays would come back every minute.
   */
  async letGo(work: Work): Promise<void> {
    const called: Called = {
      result: { kind: 'refused', class: 'failover', code: 'not_ready' },
      sent: false,
      rendered: null,
      latencyMs: 0,
    };
    const { message, maybeSent } = work;
    if (message.retries < MAX_OWN_FAULTS)
      return this.putBack(work, called, Math.min(60_000, 1_000 * 2 ** message.retries));
    await this.end({ work, called, step: giveUp({ maybeSent, accepted: message.acceptedAt !== null }) });
  }

  private async putBack(work: Held, called: Called, afterMs: number): Promise<void> {
    const now = this.clock.recordedAt();
    await this.unitOfWork.run(async () => {
      if (work.attemptId !== null) await this.attempts.closeAll([{ id: work.attemptId, ...attemptEnd(called) }]);
      await this.outbox.putBack(work.message.id, work.claim, {
        dueAt: now + afterMs,
        retries: work.message.retries + 1,
        maybeSent: work.maybeSent,
      });
    });
  }

  /** Opens the next attempt before its call. Null when the message was taken over meanwhile. */
  private async goOn(work: Held, called: Called, provider: LoadedProvider): Promise<Work | null> {
    const now = this.clock.recordedAt();
    const attemptId = newId('atm', now);
    const maybeSent = work.maybeSent || called.result.kind === 'unknown';
    const ours = await this.unitOfWork.run(async () => {
      if (work.attemptId !== null) await this.attempts.closeAll([{ id: work.attemptId, ...attemptEnd(called) }]);
      if (!(await this.outbox.goOn(work.message.id, work.claim, { maybeSent, leaseUntil: now + LEASE_MS })))
        return false;
      await this.attempts.open([
        {
          id: attemptId,
          messageId: work.message.id,
          number: work.number + 1,
          providerId: storedProviderId(provider),
          provider: provider.kind,
          country: work.message.country,
          startedAt: now,
        },
      ]);
      return true;
    });
    if (!ours) return null;
    return {
      ...work,
      provider,
      attemptId,
      number: work.number + 1,
      tried: new Set([...work.tried, provider.id]),
      maybeSent,
    };
  }
}

/** Not sent because it came too late or was withdrawn: nobody failed. */
function withdrawn(step: Ending, errorClass: string): Ending {
  return step.state === 'failed' && errorClass === 'expired' ? { ...step, state: 'suppressed' } : step;
}

const codeOf = (result: SendResult): string | null => (result.kind === 'accepted' ? null : result.code);
const errorClassOf = (result: SendResult): string | null =>
  result.kind === 'accepted' ? null : result.kind === 'unknown' ? 'unknown' : result.class;

function eventOf({ work: { message, provider }, called: { result }, step }: Settled, at: number): SendEvent {
  return {
    messageId: message.id,
    source: { type: message.sourceType, id: message.sourceId },
    state: step.state,
    provider: provider?.kind ?? message.provider,
    errorClass: errorClassOf(result),
    errorCode: codeOf(result),
    final: step.final,
    ...(result.kind === 'refused' && result.suppress === true ? { optedOut: true } : {}),
    at,
  };
}

function attemptEnd({ result, sent, latencyMs }: Called) {
  return {
    outcome: sent ? result.kind : ('not_sent' as const),
    errorClass: errorClassOf(result),
    errorCode: codeOf(result)?.slice(0, 60) ?? null,
    providerMessageId: result.kind === 'accepted' ? result.providerMessageId : null,
    latencyMs,
  };
}
