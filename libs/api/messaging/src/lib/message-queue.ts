import type { Principal } from '@tollgate/api/kernel';

export type Channel = 'sms' | 'email';

/**
 * The texts that come with the product, and what their variables are:
 * - `verification`: `application`, `minutes`; the secret is the code. Channels sms and email.
 * - `invitation`: `organization`, `inviter`, `role`, `hours`; the secret is the whole link.
 * - `password_reset`: `organization`, `minutes`; the secret is the whole link.
 * - `low_balance`: `organization`, `balance`, `threshold`, `url`.
 * - `provider_down`: `provider`, `country`, `reason`, `since`, `url`.
 * - `test`: `application`. Channels sms and email.
 */
export type BuiltInTemplate =
  'verification' | 'invitation' | 'password_reset' | 'low_balance' | 'provider_down' | 'test';

export type SendState =
  'queued' | 'accepted' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'suppressed' | 'unknown';

export interface NewMessage {
  readonly organizationId: string;
  readonly applicationId: string | null;
  readonly test: boolean;
  readonly channel: Channel;
  /** E.164 or mailbox, canonical. Kept encrypted and as keyed hash. */
  readonly to: string;
  readonly country: string | null;
  readonly locale: string;
  /** `tpl_…`, the key of a template of the organization, or a built-in key; see `BuiltInTemplate`. */
  readonly template: string;
  /**
   * Values of the template but the code; plain text, never markup. `application` (else its name is looked up) and
   * `minutes` (else reckoned from `expiresAt`) are filled in by the queue when absent.
   */
  readonly variables: Readonly<Record<string, string>>;
  /** Whose message: the listener and the secret source registered for this type are asked by this id. */
  readonly source: { readonly type: string; readonly id: string };
  readonly webDomain?: string | null;
  readonly androidHash?: string | null;
  /** Of test messages: how the fake delivery behaves (00–12, section 2.7). */
  readonly scenario?: string | null;
  /** Epoch ms after which it is not worth delivering. */
  readonly expiresAt: number | null;
}

/** What happened to a message; also how its owner hears of it. */
export interface SendEvent {
  readonly messageId: string;
  readonly source: { readonly type: string; readonly id: string };
  readonly state: SendState;
  readonly provider: string | null;
  /** `permanent_destination`, `failover`, …: section 4.7 of the wire formats. */
  readonly errorClass: string | null;
  readonly errorCode: string | null;
  /** No provider took it and none will. */
  readonly final: boolean;
  /** The destination asked its carrier or mailbox for silence: suppress it until somebody takes that back. */
  readonly optedOut?: boolean;
  readonly at: number;
}

/**
 * The outbox of messages: rows in the open transaction, sent after its commit. Nothing secret is in them. A row is its own
 * job: the dispatcher claims due rows in batches. In specs nothing is sent by itself: `deliverMessages(slice)` of
 * `@tollgate/api/messaging/testing` sends what is due.
 */
export abstract class MessageQueue {
  /** Errors: `channel_unavailable` when no provider serves the channel and country. */
  abstract enqueue(message: NewMessage): Promise<{ readonly id: string; readonly provider: string | null }>;
  /** The sends of a source, oldest first, for timelines. */
  abstract ofSource(source: { readonly type: string; readonly id: string }): Promise<MessageFacts[]>;
  /**
   * The text with this code in it, by the template version that it was sent with, or the one in force while it was not.
   * Null when there is none any more. For the test inbox: it asks for nobody's permission, so the caller has to.
   */
  abstract textOf(messageId: string, code: string | null): Promise<string | null>;
}

export interface MessageFacts {
  readonly id: string;
  readonly channel: Channel;
  readonly provider: string | null;
  readonly state: SendState;
  readonly errorClass: string | null;
  readonly errorCode: string | null;
  readonly queuedAt: number;
  readonly acceptedAt: number | null;
  readonly deliveredAt: number | null;
  readonly attempts: readonly {
    readonly provider: string;
    readonly state: SendState;
    readonly errorClass: string | null;
    readonly errorCode: string | null;
    readonly at: number;
  }[];
}

/** Registered by the slice that owns a type of source. Messages of `staff_mail` have no owner and no secret. */
export interface MessageOwner {
  /** The secret to put into the text at the last moment: null when it is no longer valid, and then nothing is sent. */
  secret(sourceId: string): Promise<{ readonly code: string } | null>;
  /**
   * Whether this person may be shown the secret of a message in the outbox. Without it, whoever may send messages: for
   * a secret that gives more than that, such as the link of an invitation.
   */
  mayShow?(sourceId: string, caller: Principal): Promise<boolean>;
  /**
   * Called inside the transaction that records the states, once for each step that a message makes: `delivered` may come
   * without `accepted` before it, when the report was faster than the answer. Steps of different messages may come
   * together, in the order in which they were made.
   */
  onSends(events: readonly SendEvent[]): Promise<void>;
  /**
   * The destination asked for silence by a report that moves the message no further: a complaint about a mail that was
   * delivered. Called inside the transaction that records it. With a step, `optedOut` of its event says so instead.
   */
  onOptOut?(event: Pick<SendEvent, 'messageId' | 'source' | 'at'>): Promise<void>;
  /** Sends it again on behalf of staff, by the owner's own rules and prices. Without it the message cannot be sent again. */
  resend?(
    sourceId: string,
    message: { readonly id: string; readonly channel: Channel },
  ): Promise<{ readonly messageId: string }>;
}

export abstract class MessageOwners {
  abstract register(sourceType: string, owner: MessageOwner): void;
}

/** Mail of the product itself to staff: invitations, low credits, a provider that is down. */
export abstract class StaffMail {
  abstract queue(mail: {
    readonly organizationId: string;
    readonly to: string;
    readonly template: string;
    readonly variables: Readonly<Record<string, string>>;
    /** Set when a secret link belongs in it: the type of a registered owner, asked for `code`. */
    readonly source?: { readonly type: string; readonly id: string };
  }): Promise<void>;
}
