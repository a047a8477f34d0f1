import { Passwords, Totp } from '@tollgate/api/crypto';
import type { Principal } from '@tollgate/api/kernel';
import { aUser, callerOf, type UserWish } from '@tollgate/api/users/testing';
import type { UserFacts } from '@tollgate/api/users';
import type { Slice } from '@tollgate/api/testing';
import { ActivateFactor } from '../lib/factors/activate-factor';
import { StartFactor } from '../lib/factors/enrol-factor';
import { CredentialRepository } from '../lib/persistence/credential.repository';
import { NO_BROWSER } from '../lib/sessions/browser';
import { OpenSession } from '../lib/sessions/open-session';
import { Proof, type ProofMethod } from '../lib/sessions/proof';

export const PASSWORD = 'violet trumpet gravel';

/** A booted slice, or a served one. */
export type Bench = Pick<Slice, 'get'> & { readonly clock: Pick<Slice['clock'], 'recordedAt'> };

let hashed: Promise<string> | undefined;

/** A user who can sign in with `PASSWORD`. Hashed once for all of a run: a hash takes a fifth of a second. */
export async function aPerson(slice: Bench, wish: UserWish = {}): Promise<UserFacts> {
  hashed ??= slice.get(Passwords).hash(PASSWORD);
  const user = await aUser(slice, wish);
  const owner = { userId: user.id, organizationId: user.organizationId };
  await slice.get(CredentialRepository).setPassword(owner, await hashed, slice.clock.recordedAt());
  return user;
}

export interface TestSession {
  readonly user: UserFacts;
  /** Of the cookie. */
  readonly token: string;
  readonly deviceToken: string | null;
  /** The principal that the session's strategy makes of it. */
  readonly caller: Principal;
}

/** A session of the user, through the assurance gate like every other. */
export async function aSession(
  slice: Bench,
  user: UserFacts,
  methods: readonly ProofMethod[] = ['password'],
): Promise<TestSession> {
  const opened = await slice.get(OpenSession).execute(new Proof(user.id, methods), NO_BROWSER);
  const assurance = { level: methods.length > 1 ? 2 : 1, authenticatedAt: slice.clock.recordedAt() } as const;
  return {
    user,
    token: opened.token,
    deviceToken: opened.deviceToken,
    caller: callerOf(slice, user, { id: opened.sessionId, assurance }),
  };
}

export interface TestFactor {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
  /** The code that the app shows now. Time has to move by 30 s between two uses. */
  code(): string;
}

/** An active authenticator of the session's user. Moves time to the next step, so that its first code is unused. */
export async function anAuthenticator(slice: Slice, session: TestSession): Promise<TestFactor> {
  const started = await slice.get(StartFactor).execute(undefined, session.caller);
  const code = () => Totp.tokenAt(started.secret, slice.clock.recordedAt());
  const activated = await slice.get(ActivateFactor).execute(started.factor.id, code(), session.caller);
  slice.clock.advance(30_000);
  return { secret: started.secret, recoveryCodes: activated.recoveryCodes ?? [], code };
}
