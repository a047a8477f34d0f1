/** One field that an act changed. Secrets are given as `'[secret]'`, destinations masked. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

export type AuditActorKind = 'session' | 'api_key' | 'access_token' | 'service_key' | 'system' | 'anonymous';

/** Who acted, where the running request cannot tell: a sign-in that is not a session yet, a job, start-up. */
export interface AuditActor {
  readonly kind: AuditActorKind;
  readonly id: string;
  readonly label: string;
}

export interface AuditEntry {
  /** `application.created`, `api_key.revoked`, `sign_in.failed`: resource and past tense. */
  readonly action: string;
  readonly outcome?: 'success' | 'denied' | 'failure';
  /** The organization in whose chain it stands. */
  readonly organizationId: string;
  readonly target: { readonly type: string; readonly id: string; readonly label?: string };
  readonly changes?: readonly FieldChange[];
  /** Why, when the actor gave a reason. */
  readonly reason?: string;
  /** Instead of the principal of the running request. */
  readonly actor?: AuditActor;
}

/**
 * The audit log's door. Writes a row in the open transaction of the act; actor, request id and the three addresses
 * come from the running request. A sealer numbers and hashes rows per organization within a second.
 *
 * An act that is refused writes its row in a transaction of its own, since the one it was refused in rolls back.
 * Keys that are unknown altogether are counted, not recorded: anybody could fill the log with them.
 */
export abstract class AuditTrail {
  abstract record(entry: AuditEntry): Promise<void>;
}

/** The entry of somebody who was shown a phone number or mailbox in full. `masked` is what everybody sees. */
export function destinationRevealed(revealed: {
  readonly organizationId: string;
  readonly target: AuditEntry['target'];
  readonly masked: string;
  readonly reason?: string;
}): AuditEntry {
  return {
    action: 'destination.revealed',
    organizationId: revealed.organizationId,
    target: { ...revealed.target, label: revealed.masked },
    ...(revealed.reason === undefined ? {} : { reason: revealed.reason }),
  };
}

/** The changed fields of two flat objects, in the order of `after`. */
export function changesBetween(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] {
  return Object.keys(after)
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}
