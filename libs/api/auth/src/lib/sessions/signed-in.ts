import { DomainError, type Principal } from '@tollgate/api/kernel';

export interface SignedIn {
  readonly userId: string;
  readonly sessionId: string;
  readonly organizationId: string;
}

/** A person with a session; a key, even one that belongs to a user, does not manage its owner's ways in. */
export function signedIn(caller: Principal): SignedIn {
  if (caller.kind !== 'session' || caller.userId === null) throw new DomainError('permission_denied');
  return { userId: caller.userId, sessionId: caller.id, organizationId: caller.organizationId };
}
