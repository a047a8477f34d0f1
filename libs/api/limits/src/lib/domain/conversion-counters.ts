import { ConversionTally, DailyConversions, DAY_MS, HOUR_MS, type Conversion } from './conversion-tally';

/** A start or approval of a live key, as the guard counts it. */
export interface ConversionEvent {
  readonly kind: 'started' | 'approved';
  readonly organizationId: string;
  readonly country: string | null;
  readonly prefix: string | null;
  /** IPv4 address or IPv6 /64. */
  readonly network: string | null;
  /** Epoch ms. */
  readonly at: number;
}

export type ConversionSubject = Pick<ConversionEvent, 'organizationId' | 'country' | 'prefix' | 'network'>;

export interface Window extends Conversion {
  /** Of the starts, those of the last two minutes. */
  readonly inFlight: number;
}

/** All that the guard knows of a start's surroundings. Null where the start does not name the thing. */
export interface ConversionView {
  readonly ip: (Window & { readonly unverifiedCountries: readonly string[] }) | null;
  readonly prefix: Window | null;
  readonly country: {
    readonly hour: Window;
    readonly day: Window;
    readonly week: Window;
    readonly peakApproved: number;
  } | null;
}

/** Addresses and blocks that a process remembers; the one that was seen longest ago goes first. */
const MOST_KEYS = 100_000;

class Bounded<V> {
  private readonly values = new Map<string, V>();

  get(key: string): V | undefined {
    return this.values.get(key);
  }

  /** Finds or makes, and counts as seen. */
  touch(key: string, make: () => V): V {
    const value = this.values.get(key) ?? make();
    this.values.delete(key);
    this.values.set(key, value);
    if (this.values.size > MOST_KEYS) {
      const oldest = this.values.keys().next();
      if (!oldest.done) this.values.delete(oldest.value);
    }
    return value;
  }
}

interface Country {
  readonly tally: ConversionTally;
  readonly days: DailyConversions;
}

interface Address {
  readonly all: ConversionTally;
  readonly byCountry: Map<string, ConversionTally>;
}

/** Countries that one address is remembered with; more are suspicious anyway. */
const MOST_COUNTRIES = 20;

/**
 * Conversions in memory, so that the guard asks no database on the way of a start. Fed from the transactions of this
 * process as they commit and from those of others as they are read. Bounded: a flood of addresses or blocks drops the
 * ones that were seen longest ago, never the countries.
 */
export class ConversionCounters {
  private readonly countries = new Map<string, Country>();
  private readonly addresses = new Bounded<Address>();
  private readonly prefixes = new Bounded<ConversionTally>();

  add(event: ConversionEvent, count = 1): void {
    const { kind, organizationId, country, prefix, network, at } = event;
    if (country !== null) {
      const found = this.country(organizationId, country);
      found.tally.add(kind, at, count);
      found.days.add(kind, at, count);
    }
    if (prefix !== null) this.prefixes.touch(`${organizationId}/${prefix}`, newTally).add(kind, at, count);
    if (network === null) return;
    const address = this.addresses.touch(`${organizationId}/${network}`, newAddress);
    address.all.add(kind, at, count);
    if (country === null) return;
    const known = address.byCountry.get(country);
    if (known === undefined && address.byCountry.size >= MOST_COUNTRIES) return;
    const tally = known ?? newTally();
    address.byCountry.set(country, tally);
    tally.add(kind, at, count);
  }

  /** What a whole day of a country came to, as it was read from the database. */
  setDay(organizationId: string, country: string, dayMs: number, conversion: Conversion): void {
    this.country(organizationId, country).days.set(dayMs, conversion);
  }

  view(subject: ConversionSubject, atMs: number): ConversionView {
    const { organizationId, country, prefix, network } = subject;
    const address = network === null ? undefined : this.addresses.get(`${organizationId}/${network}`);
    const block = prefix === null ? undefined : this.prefixes.get(`${organizationId}/${prefix}`);
    const found = country === null ? undefined : this.countries.get(`${organizationId}/${country}`);
    return {
      ip:
        network === null
          ? null
          : { ...windowOf(address?.all, DAY_MS, atMs), unverifiedCountries: unverified(address, atMs) },
      prefix: prefix === null ? null : windowOf(block, DAY_MS, atMs),
      country: country === null ? null : countryView(found, atMs),
    };
  }

  private country(organizationId: string, country: string): Country {
    const key = `${organizationId}/${country}`;
    let found = this.countries.get(key);
    if (found === undefined) {
      found = { tally: newTally(), days: new DailyConversions() };
      this.countries.set(key, found);
    }
    return found;
  }
}

const newTally = (): ConversionTally => new ConversionTally();
const newAddress = (): Address => ({ all: newTally(), byCountry: new Map() });

function windowOf(tally: ConversionTally | undefined, windowMs: number, atMs: number): Window {
  if (tally === undefined) return { started: 0, approved: 0, inFlight: 0 };
  return { ...tally.within(windowMs, atMs), inFlight: tally.inFlight(atMs) };
}

function unverified(address: Address | undefined, atMs: number): string[] {
  if (address === undefined) return [];
  return [...address.byCountry].flatMap(([country, tally]) => {
    const { started, approved } = tally.within(DAY_MS, atMs);
    return started > 0 && approved === 0 ? [country] : [];
  });
}

function countryView(found: Country | undefined, atMs: number): ConversionView['country'] {
  const inFlight = found?.tally.inFlight(atMs) ?? 0;
  return {
    hour: windowOf(found?.tally, HOUR_MS, atMs),
    day: windowOf(found?.tally, DAY_MS, atMs),
    week: { ...(found?.days.last(7, atMs) ?? { started: 0, approved: 0 }), inFlight },
    peakApproved: found?.days.peakApproved(atMs) ?? 0,
  };
}
