import { Injectable } from '@nestjs/common';
import { SecretBox } from './secret-box';

/** A text sealed anew with the current key; null when it is already, or does not open. */
export type Reseal = (sealed: string, context: string) => string | null;

/**
 * Renews one batch of rows, those after the id `after` in order of ids ('' begins), at most `limit` of them. Each is
 * stored by an UPDATE guarded by its old text: a write at the same time wins, and the next pass sees to the row.
 * @returns the rows renewed, and the last id looked at; null when there are no more
 */
export type SealedWalk = (
  reseal: Reseal,
  after: string,
  limit: number,
) => Promise<{ readonly renewed: number; readonly last: string | null }>;

/** What was found in one kind of rows. */
export interface RenewedKind {
  readonly name: string;
  readonly renewed: number;
  /** Texts that no configured key opens: their key was removed before they were renewed. */
  readonly lost: number;
}

/** How many pending things were derived from a key. They end by themselves; until then their key is needed. */
export interface PendingUse {
  readonly keyId: string;
  readonly count: number;
}

const BATCH = 200;
/** Under traffic of processes that still have the old configuration a pass may always find more. */
const MOST_PASSES = 10;

/**
 * Where slices say, in `onModuleInit`, which of their rows are sealed with the installation's keys, and what they
 * have pending that was derived from one. The command `rotate-keys` runs it.
 */
@Injectable()
export class SealedRows {
  private readonly walks = new Map<string, SealedWalk>();
  private readonly pending = new Map<string, () => Promise<readonly PendingUse[]>>();

  constructor(private readonly box: SecretBox) {}

  register(name: string, walk: SealedWalk): void {
    this.walks.set(name, walk);
  }

  registerPending(name: string, uses: () => Promise<readonly PendingUse[]>): void {
    this.pending.set(name, uses);
  }

  /** Seals everything with the current key, safely beside a running server, and says how much of each kind it was. */
  async renew(): Promise<RenewedKind[]> {
    const kinds: RenewedKind[] = [];
    for (const [name, walk] of this.walks) kinds.push(await this.renewKind(name, walk));
    return kinds;
  }

  /** What is pending, by kind, with each key that it needs. */
  async pendingUses(): Promise<(PendingUse & { readonly name: string })[]> {
    const found: (PendingUse & { name: string })[] = [];
    for (const [name, uses] of this.pending) for (const use of await uses()) found.push({ name, ...use });
    return found;
  }

  private async renewKind(name: string, walk: SealedWalk): Promise<RenewedKind> {
    let renewed = 0;
    for (let pass = 1; ; pass += 1) {
      const outcome = await this.pass(walk);
      renewed += outcome.renewed;
      if (outcome.renewed === 0 || pass === MOST_PASSES) return { name, renewed, lost: outcome.lost };
    }
  }

  private async pass(walk: SealedWalk): Promise<{ renewed: number; lost: number }> {
    let lost = 0;
    let renewed = 0;
    const reseal: Reseal = (sealed, context) => {
      if (!this.box.isStale(sealed)) return null;
      try {
        return this.box.seal(this.box.open(sealed, context), context);
      } catch {
        // Its key is gone, or somebody changed it. The others must not wait for it.
        lost += 1;
        return null;
      }
    };
    for (let after: string | null = ''; after !== null;) {
      const batch: Awaited<ReturnType<SealedWalk>> = await walk(reseal, after, BATCH);
      renewed += batch.renewed;
      after = batch.last;
    }
    return { renewed, lost };
  }
}
