import ipaddr, { type IPv4 as IPv4Type, type IPv6 as IPv6Type } from 'ipaddr.js';

/** The package is CommonJS: Node offers its members on the default export only. */
const { IPv4, IPv6 } = ipaddr;
type Address = IPv4Type | IPv6Type;

/** A range as it is stored and compared, or what is wrong with it and what was probably meant. */
export type RangeReading =
  | { readonly ok: true; readonly range: string; readonly everybody: boolean }
  | { readonly ok: false; readonly problem: string };

interface Parsed {
  readonly address: Address;
  readonly bits: number;
}

const V4_MAPPED_BITS = 96;

/**
 * The address as rules compare it: four decimal parts, or RFC 5952 lower case. IPv4-mapped IPv6 is IPv4, so that a
 * dual-stack socket cannot walk around an IPv4 rule. Null for anything else: octal, hexadecimal or shortened IPv4,
 * zones (`fe80::1%eth0`), a dot at the end.
 */
export function canonicalAddress(text: string): string | null {
  const address = parseAddress(text);
  return address === null ? null : plain(address).toString();
}

/** Reads one entry of an allow-list. A single address becomes a range of one. */
export function readRange(text: string): RangeReading {
  const [left = '', right, ...more] = text.trim().split('/');
  const address = parseAddress(left);
  if (address === null || more.length > 0) return wrong(`${text} is not an IP address or CIDR range`);
  const width = address instanceof IPv4 ? 32 : 128;
  if (right !== undefined && !/^(0|[1-9]\d{0,2})$/.test(right))
    return wrong(`${text}: after the slash stands a number`);
  const bits = right === undefined ? width : Number(right);
  if (bits > width) return wrong(`${text}: at most /${width} for this kind of address`);
  const parsed = unmapped({ address, bits });
  const network = networkOf(parsed);
  const range = `${network}/${parsed.bits}`;
  if (network !== parsed.address.toString()) {
    const single = `${parsed.address.toString()}/${parsed.address instanceof IPv4 ? 32 : 128}`;
    return wrong(`${text} has host bits set; write ${range} for the network or ${single} for the one address`);
  }
  return { ok: true, range, everybody: parsed.bits === 0 };
}

/** Which of normalized ranges holds the address. Built once for each list, since it is asked on every call. */
export function rangeMatcher(ranges: readonly string[]): (address: string) => string | null {
  const compiled = ranges.flatMap((range) => {
    const parsed = parseRange(range);
    return parsed === null ? [] : [{ range, parsed }];
  });
  return (text) => {
    const read = parseAddress(text);
    if (read === null) return null;
    const address = plain(read);
    return compiled.find(({ parsed }) => holds(parsed, address))?.range ?? null;
  };
}

function holds(range: Parsed, address: Address): boolean {
  if (address instanceof IPv4) return range.address instanceof IPv4 && address.match(range.address, range.bits);
  return range.address instanceof IPv6 && address.match(range.address, range.bits);
}

function parseAddress(text: string): Address | null {
  if (IPv4.isValidFourPartDecimal(text)) return IPv4.parse(text);
  if (text.includes('%') || !text.includes(':') || !IPv6.isValid(text)) return null;
  const embedded = /:(\d+\.[\d.]*)$/.exec(text)?.[1];
  return embedded !== undefined && !IPv4.isValidFourPartDecimal(embedded) ? null : IPv6.parse(text);
}

function parseRange(range: string): Parsed | null {
  const [left = '', bits] = range.split('/');
  const address = parseAddress(left);
  return address === null || bits === undefined ? null : { address, bits: Number(bits) };
}

function plain(address: Address): Address {
  return address instanceof IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address;
}

function unmapped(range: Parsed): Parsed {
  const { address, bits } = range;
  if (!(address instanceof IPv6) || !address.isIPv4MappedAddress() || bits < V4_MAPPED_BITS) return range;
  return { address: address.toIPv4Address(), bits: bits - V4_MAPPED_BITS };
}

function networkOf({ address, bits }: Parsed): string {
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.max(0, Math.min(8, bits - index * 8));
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return (address instanceof IPv4 ? new IPv4(bytes) : new IPv6(bytes)).toString();
}

function wrong(problem: string): RangeReading {
  return { ok: false, problem };
}
