/** What decides the state of a key. Instants in epoch ms. */
export interface KeyLife {
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
  readonly replacedBy: string | null;
}

export type KeyState = 'active' | 'retiring' | 'expired' | 'revoked';

/** A key works until the instant of its expiry, not at it. A revoked key stays revoked whatever else it is. */
export function keyState(life: KeyLife, now: number): KeyState {
  if (life.revokedAt !== null) return 'revoked';
  if (life.expiresAt !== null && life.expiresAt <= now) return 'expired';
  return life.replacedBy === null ? 'active' : 'retiring';
}

/** Until when the old key of a rotation works: the overlap never prolongs the life that it had. */
export function retirementOf(life: KeyLife, now: number, overlapSeconds: number): number {
  const end = now + overlapSeconds * 1_000;
  return life.expiresAt === null ? end : Math.min(end, life.expiresAt);
}

/** `tg_live_…x7Qa`: enough to tell keys apart, and no help in guessing one. */
export function keyHint(kind: 'live' | 'test', lastFour: string): string {
  return `tg_${kind}_…${lastFour}`;
}
