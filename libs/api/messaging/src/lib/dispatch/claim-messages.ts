import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId } from '@tollgate/api/kernel';
import { MessageAttempts } from '../persistence/message-attempts';
import { MessageOutbox } from '../persistence/message-outbox';
import type { MessageRow } from '../persistence/message-row';
import type { LoadedProvider } from '../providers/loaded-provider';
import { RouteMessages, type Route } from './route-messages';
import { LEASE_MS, storedProviderId, type Held, type Work } from './work';

/** How long a message waits for a circuit to close before it counts as failed. */
const WAIT_FOR_PROVIDER_MS = 15_000;
const LOOK_AGAIN_MS = 1_000;

/** What to do with messages that were due. */
export interface Claimed {
  readonly works: readonly Work[];
  /** Taken up by a process that went away: a call may have been made. */
  readonly interrupted: readonly MessageRow[];
  /** Nobody serves them, or nobody will in time. */
  readonly stranded: readonly MessageRow[];
}

interface Routed {
  readonly row: MessageRow;
  readonly provider: LoadedProvider;
  readonly attemptId: string;
}

/**
 * Takes due messages in batches: one UPDATE guarded by `due_at` claims them, and the attempts that are about to begin are
 * written in the same transaction. So a crash leaves either a message that nobody touched, or an open attempt.
 */
@Injectable()
export class ClaimMessages {
  constructor(
    private readonly outbox: MessageOutbox,
    private readonly attempts: MessageAttempts,
    private readonly router: RouteMessages,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Null when nothing is due. */
  async claim(limit: number): Promise<Claimed | null> {
    const now = this.clock.recordedAt();
    const due = await this.outbox.due(now, limit);
    if (due.length === 0) return null;
    const interrupted = due.filter((row) => row.claim !== null);
    const stranded: MessageRow[] = [];
    const routed: Routed[] = [];
    for (const row of due) {
      if (row.claim !== null) continue;
      const route = await this.route(row);
      if (route.kind === 'provider') routed.push({ row, provider: route.provider, attemptId: newId('atm', now) });
      else if (route.kind === 'none' || now - row.queuedAt >= WAIT_FOR_PROVIDER_MS) stranded.push(row);
      else await this.outbox.postpone(row.id, now, now + LOOK_AGAIN_MS);
    }
    return { works: await this.begin(routed, now), interrupted, stranded };
  }

  /** In its second round a message goes to somebody else than in its first, where there is somebody else. */
  private async route(row: MessageRow): Promise<Route> {
    const route = await this.router.choose(row, triedBefore(row));
    return route.kind === 'none' && row.redispatches > 0 ? this.router.choose(row, new Set()) : route;
  }

  /**
   * Takes one message over, whose claim ran out or that nobody serves. `interrupted`: a call was under way when its process
   * went away, also when whoever took it over since then went away as well. Null when somebody else was faster.
   */
  async take(row: MessageRow): Promise<{ readonly held: Held; readonly interrupted: boolean } | null> {
    const now = this.clock.recordedAt();
    const claim = newId('job', now);
    const ours = await this.unitOfWork.run(async () => {
      const won = await this.outbox.claim([row.id], claim, now, now + LEASE_MS);
      if (won.has(row.id)) await this.attempts.abandon(row.id);
      return won.has(row.id);
    });
    if (!ours) return null;
    const earlier = await this.attempts.ofMessages([row.id]);
    const interrupted = earlier.at(-1)?.outcome === 'unknown';
    const tried = new Set([...triedBefore(row), ...earlier.flatMap(({ providerId }) => providerId ?? [])]);
    const { maybeSent } = row;
    return {
      interrupted,
      held: { message: row, claim, provider: null, attemptId: null, number: row.attempts + 1, tried, maybeSent },
    };
  }

  private async begin(routed: readonly Routed[], now: number): Promise<Work[]> {
    if (routed.length === 0) return [];
    const claim = newId('job', now);
    const won = await this.unitOfWork.run(async () => {
      const ids = await this.outbox.claim(
        routed.map(({ row }) => row.id),
        claim,
        now,
        now + LEASE_MS,
      );
      await this.attempts.open(
        routed
          .filter(({ row }) => ids.has(row.id))
          .map(({ row, provider, attemptId }) => ({
            id: attemptId,
            messageId: row.id,
            number: row.attempts + 1,
            providerId: storedProviderId(provider),
            provider: provider.kind,
            country: row.country,
            startedAt: now,
          })),
      );
      return ids;
    });
    return routed
      .filter(({ row }) => won.has(row.id))
      .map(({ row, provider, attemptId }) => ({
        message: row,
        claim,
        provider,
        attemptId,
        number: row.attempts + 1,
        tried: new Set([...triedBefore(row), provider.id]),
        maybeSent: row.maybeSent,
      }));
  }
}

function triedBefore(row: MessageRow): ReadonlySet<string> {
  return new Set(row.redispatches > 0 && row.providerId !== null ? [row.providerId] : []);
}
