import { AddressRanges } from '@tollgate/api/http';

export interface AllowList {
  /** Addresses and CIDR ranges. */
  readonly networks: readonly string[];
  /** ISO alpha-2. */
  readonly countries: readonly string[];
  /** Beginnings of E.164 numbers. */
  readonly prefixes: readonly string[];
}

export const NOBODY: AllowList = { networks: [], countries: [], prefixes: [] };

interface Asked {
  readonly clientIp: string | null;
  readonly country: string | null;
  readonly prefix: string | null;
}

/** Whom the guard always lets pass: an allow-list, compiled. Limits hold for them all the same. */
export class AllowedStarts {
  private readonly networks: AddressRanges;
  private readonly countries: ReadonlySet<string>;

  constructor(private readonly list: AllowList) {
    this.networks = new AddressRanges(list.networks);
    this.countries = new Set(list.countries);
  }

  /** Which entry lets it pass, in words; null when none does. */
  reason({ clientIp, country, prefix }: Asked): string | null {
    if (country !== null && this.countries.has(country)) return `country ${country}`;
    const block = prefix === null ? undefined : this.list.prefixes.find((allowed) => prefix.startsWith(allowed));
    if (block !== undefined) return `prefix ${block}`;
    if (clientIp !== null && this.networks.includes(clientIp.replace(/\/64$/, ''))) return 'client address';
    return null;
  }
}
