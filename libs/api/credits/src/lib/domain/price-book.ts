import type { Operation } from '../credit-ledger';

/** One version of a price. Versions are never edited: another one takes over at its `validFrom`. */
export interface PriceVersion {
  readonly id: string;
  readonly operation: Operation;
  /** ISO alpha-2; null = every country without a price of its own. */
  readonly country: string | null;
  /** Milli-credits. */
  readonly price: number;
  /** false: a country's price is withdrawn and the general one holds; a general one makes the operation free. */
  readonly active: boolean;
  /** Epoch ms. */
  readonly validFrom: number;
}

const keyOf = (operation: Operation, country: string | null): string => `${operation}/${country ?? 'any'}`;

/** All versions of all prices, ready for look-ups by operation, country and instant. */
export class PriceBook {
  /** Newest first. */
  private readonly versions = new Map<string, PriceVersion[]>();

  constructor(versions: readonly PriceVersion[]) {
    for (const version of versions) {
      const key = keyOf(version.operation, version.country);
      const list = this.versions.get(key);
      if (list === undefined) this.versions.set(key, [version]);
      else list.push(version);
    }
    for (const list of this.versions.values()) list.sort((a, b) => b.validFrom - a.validFrom);
  }

  /** The version that holds at the instant, or null when none was ever set: then the installation is broken. */
  inForce(operation: Operation, country: string | null, atMs: number): PriceVersion | null {
    if (country !== null) {
      const own = this.at(keyOf(operation, country), atMs);
      if (own?.active === true) return own;
    }
    return this.at(keyOf(operation, null), atMs);
  }

  stateOf(version: PriceVersion, atMs: number): 'current' | 'scheduled' | 'past' {
    if (version.validFrom > atMs) return 'scheduled';
    return this.at(keyOf(version.operation, version.country), atMs)?.id === version.id ? 'current' : 'past';
  }

  /** Whether the operation was free anywhere in a part of the range: its use then left no rows to count. */
  freeWithin(operation: Operation, fromMs: number, toMs: number): boolean {
    for (const [key, list] of this.versions) {
      if (!key.startsWith(`${operation}/`)) continue;
      const held = list.filter((version, i) => {
        const until = list[i - 1]?.validFrom ?? Number.POSITIVE_INFINITY;
        return version.validFrom < toMs && until > fromMs;
      });
      if (held.some((version) => (version.active ? version.price === 0 : version.country === null))) return true;
    }
    return false;
  }

  private at(key: string, atMs: number): PriceVersion | null {
    return this.versions.get(key)?.find((version) => version.validFrom <= atMs) ?? null;
  }
}

/** Milli-credits that a version asks for. */
export const priceOf = (version: PriceVersion): number => (version.active ? version.price : 0);
