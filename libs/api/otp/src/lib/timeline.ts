import type { TimelineEntry } from '@tollgate/contracts';
import type { MessageFacts } from '@tollgate/api/messaging';
import { reasonOf } from './domain/verdict';
import type { VerificationCheck, VerificationEvent, VerificationSend } from './persistence/verification-parts.entity';
import type { Verification } from './persistence/verification.entity';
import { instantText } from './verification-view';

/** Everything that is kept about a verification. */
export interface VerificationStory {
  readonly row: Verification;
  readonly sends: readonly VerificationSend[];
  readonly messages: readonly MessageFacts[];
  readonly checks: readonly VerificationCheck[];
  readonly events: readonly VerificationEvent[];
}

type CreditAct = Extract<TimelineEntry, { kind: 'credits' }>['act'];

function credits(at: number, act: CreditAct, operation: string, amount: number, messageId: string | null = null) {
  return { kind: 'credits' as const, at: instantText(at), act, operation, amount, message_id: messageId };
}

function opening({ row }: VerificationStory): TimelineEntry[] {
  const at = instantText(row.createdAt);
  const { guard, requestId, apiKeyId } = row.details;
  const entries: TimelineEntry[] = [
    {
      kind: 'requested',
      at,
      request_id: requestId,
      api_key_id: apiKeyId,
      client_ip: row.personal?.clientIp ?? null,
      user_ref: row.personal?.userRef ?? null,
      user_agent: row.personal?.userAgent ?? null,
    },
  ];
  if (guard !== null) {
    entries.push({
      kind: 'guard',
      at,
      outcome: guard.outcome,
      reasons: guard.reasons.map((reason) => ({ ...reason })),
    });
  }
  if (row.startPrice > 0) entries.push(credits(row.createdAt, 'charge', 'verification.start', row.startPrice));
  // Opening an authenticator is charged without a message that could stand for it.
  const captured = row.firstCheckAt === null ? 0 : row.checkPrice;
  const opened = row.channel === 'mobile' ? row.charged - row.startPrice - captured : 0;
  if (opened > 0) entries.push(credits(row.createdAt, 'charge', 'send.mobile', opened));
  if (row.checkPrice > 0) entries.push(credits(row.createdAt, 'hold', 'verification.check', row.checkPrice));
  return entries;
}

function ofSend(send: VerificationSend, message: MessageFacts | undefined): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    {
      kind: 'send',
      at: instantText(send.queuedAt),
      message_id: send.messageId,
      channel: send.channel,
      to: send.destinationMasked,
      trigger: send.cause,
      state: send.state,
    },
  ];
  const operation = `send.${send.channel}`;
  if (send.price > 0) entries.push(credits(send.queuedAt, 'charge', operation, send.price, send.messageId));
  for (const attempt of message?.attempts ?? []) {
    entries.push({
      kind: 'attempt',
      at: instantText(attempt.at),
      message_id: send.messageId,
      provider: attempt.provider,
      state: attempt.state,
      error_class: attempt.errorClass,
      error_code: attempt.errorCode,
    });
  }
  const delivered = message?.deliveredAt ?? null;
  if (delivered !== null) {
    const { provider } = send;
    entries.push({ kind: 'delivered', at: instantText(delivered), message_id: send.messageId, provider });
  }
  if (send.refundedAt !== null) entries.push(credits(send.refundedAt, 'refund', operation, send.price, send.messageId));
  return entries;
}

function ofChecks({ row, checks }: VerificationStory): TimelineEntry[] {
  const entries: TimelineEntry[] = checks.map((check) => ({
    kind: 'check',
    at: instantText(check.at),
    id: check.id,
    outcome: check.outcome,
    counted: check.counted,
    request_id: check.requestId,
  }));
  if (row.firstCheckAt !== null && row.checkPrice > 0) {
    entries.push(credits(row.firstCheckAt, 'capture', 'verification.check', row.checkPrice));
  }
  return entries;
}

function ending({ row }: VerificationStory): TimelineEntry[] {
  if (row.endedAt === null) return [];
  const entries: TimelineEntry[] = [
    { kind: 'ended', at: instantText(row.endedAt), status: row.status, reason: reasonOf(row.status) },
  ];
  if (row.firstCheckAt === null && row.checkPrice > 0) {
    entries.push(credits(row.endedAt, 'release', 'verification.check', row.checkPrice));
  }
  return entries;
}

/** What happened, oldest first. Of entries of one instant, the cause comes before what it caused. */
export function timelineOf(story: VerificationStory): TimelineEntry[] {
  const messages = new Map(story.messages.map((message) => [message.id, message]));
  const entries = [
    ...opening(story),
    ...story.sends.flatMap((send) => ofSend(send, messages.get(send.messageId))),
    ...story.events.map((event): TimelineEntry => ({ kind: event.kind, at: instantText(event.at), ...event.data })),
    ...ofChecks(story),
    ...ending(story),
  ];
  // Array.prototype.sort is stable, so the order above decides within an instant.
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
