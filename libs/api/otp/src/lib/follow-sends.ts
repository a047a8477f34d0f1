import { Injectable } from '@nestjs/common';
import { SuppressionList } from '@tollgate/api/limits';
import type { SendEvent } from '@tollgate/api/messaging';
import { UsageMeter } from '@tollgate/api/metrics';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { GiveUpSend } from './give-up-send';
import { VerificationParts } from './persistence/verification-parts';
import type { StoredSendState, VerificationSend } from './persistence/verification-parts.entity';
import { VerificationWrites } from './persistence/verification-writes';
import type { Verification } from './persistence/verification.entity';
import { countsBetween, sendCounts, usageOf } from './usage-of';

const DAY_MS = 86_400_000;
/** A step of a message, with what it was sent for, as it was before the step. */
interface Step {
  readonly event: SendEvent;
  readonly send: VerificationSend;
  readonly row: Verification;
}

/** States that only a message has which some provider took. */
const TAKEN: ReadonlySet<StoredSendState> = new Set(['accepted', 'sent', 'delivered', 'undelivered']);

/**
 * Follows the messages of verifications: how far each send came, what that counts for, and what to do about one that
 * reached nobody. Late reports of a verification that has ended are counted like any other and change nothing else.
 */
@Injectable()
export class FollowSends {
  constructor(
    private readonly parts: VerificationParts,
    private readonly writes: VerificationWrites,
    private readonly usage: UsageMeter,
    private readonly suppressions: SuppressionList,
    private readonly organizations: OrganizationDirectory,
    private readonly givingUp: GiveUpSend,
  ) {}

  /** Inside the unit of work that records the states, so once for each step that a message makes. */
  async follow(events: readonly SendEvent[]): Promise<void> {
    const sends = await this.parts.sends(events.map(({ messageId }) => messageId));
    const rows = await this.writes.byIds([...new Set([...sends.values()].map((send) => send.verificationId))]);
    const steps = events.flatMap((event): Step[] => {
      const send = sends.get(event.messageId);
      const row = send === undefined ? undefined : rows.get(send.verificationId);
      return send === undefined || row === undefined ? [] : [{ event, send, row }];
    });
    await this.move(steps);
    for (const step of steps) await this.draw(step);
  }

  /** The conclusions from one step. */
  private async draw({ event, send, row }: Step): Promise<void> {
    if (!row.test && (event.optedOut === true || event.errorClass === 'permanent_destination')) {
      await this.suppress(row, send, event);
    }
    const lost = event.state === 'undelivered' || (event.state === 'failed' && send.acceptedAt !== null);
    if (event.final) {
      await this.givingUp.moveOn(row, event.at);
      await this.givingUp.refund(row, send, 'No provider accepted the message', event.at);
    } else if (lost) {
      await this.givingUp.moveOn(row, event.at);
      const { settings } = await this.organizations.get(row.organizationId);
      if (settings.refundUndelivered) await this.givingUp.refund(row, send, 'The message was not delivered', event.at);
    }
  }

  /** The wish for silence that comes when the message has gone as far as it goes. Nothing else changes. */
  async optOut({ messageId, at }: Pick<SendEvent, 'messageId' | 'at'>): Promise<void> {
    const send = await this.parts.send(messageId);
    const row = send === null ? null : await this.writes.byId(send.verificationId);
    if (send !== null && row !== null && !row.test) await this.suppress(row, send, { optedOut: true, at });
  }

  /** Most steps are the same one, so they share their statements. */
  private async move(steps: readonly Step[]): Promise<void> {
    const moves = steps.map(({ event, send }) => ({
      messageId: send.messageId,
      state: event.state,
      provider: event.provider ?? send.provider,
      acceptedAt: send.acceptedAt ?? (TAKEN.has(event.state) ? event.at : null),
    }));
    await this.parts.moveSends(moves);
    await this.usage.count(
      steps.flatMap(({ event, send, row }, i) => {
        const acceptedAt = moves[i]?.acceptedAt ?? null;
        const counts = countsBetween(
          sendCounts(send.state, send.acceptedAt !== null),
          sendCounts(event.state, acceptedAt !== null),
        );
        const delivered = event.state === 'delivered' && acceptedAt !== null;
        if (Object.keys(counts).length === 0 && !delivered) return [];
        const latency = { kind: 'delivery', ms: Math.max(0, event.at - (acceptedAt ?? event.at)) } as const;
        return [
          usageOf(row, event.at, counts, {
            channel: send.channel,
            country: send.country,
            provider: moves[i]?.provider ?? null,
            ...(delivered ? { latency } : {}),
          }),
        ];
      }),
    );
  }

  /**
   * Somebody who asked for silence is left alone until that is taken back; one that cannot be reached for a day, since
   * numbers change hands and mailboxes are repaired.
   */
  private async suppress(
    row: Verification,
    send: VerificationSend,
    event: Pick<SendEvent, 'optedOut' | 'at'>,
  ): Promise<void> {
    const destinationHash = limitHashOfSend(row, send);
    if (destinationHash === null) return;
    await this.suppressions.add({
      organizationId: row.organizationId,
      channel: send.channel,
      destinationHash,
      ...(event.optedOut === true
        ? { reason: 'opted_out', until: null }
        : { reason: 'permanent_failure', until: event.at + DAY_MS }),
    });
  }
}

/** Of the step that it was a send of: each has its own mask, and those of two destinations that look alike are left out. */
function limitHashOfSend(row: Verification, send: VerificationSend): string | null {
  const steps = row.personal?.steps ?? [];
  const hashes = [row.destinationMasked === send.destinationMasked ? row.limitHash : null];
  for (const { other } of steps) if (other?.masked === send.destinationMasked) hashes.push(other.limitHash);
  const found = new Set(hashes.filter((hash) => hash !== null));
  const [only = null] = found;
  return found.size === 1 ? only : null;
}
