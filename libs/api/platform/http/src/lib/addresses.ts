import { isIP } from 'node:net';
import type { ClientAddresses } from '@tollgate/api/kernel';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** Only the textual forms of RFC 4291 and dotted decimal: `0x7f.1` or `2130706433` are no addresses here. */
function parse(text: string): Address | null {
  const bare = text.replace(/%.*$/, '');
  return isIP(bare) === 0 ? null : ipaddr.process(bare);
}

const write = (address: Address): string =>
  address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();

/** One spelling for each address: `::ffff:1.2.3.4` is `1.2.3.4`, IPv6 as RFC 5952 says. Null if it is none. */
export function normalizeAddress(text: string): string | null {
  const address = parse(text);
  return address === null ? null : write(address);
}

/**
 * What limits count by: the IPv4 address, or the /64 of an IPv6 one, since whoever has one address of a /64 has all.
 * Text that is no address is its own bucket.
 */
export function addressBucket(text: string): string {
  const address = parse(text);
  if (address === null) return text;
  if (address instanceof ipaddr.IPv4) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${write(address)}/64`).toRFC5952String()}/64`;
}

/** A range as it is kept: normalized, without host bits. Null when the text is no address or CIDR range. */
export function normalizeRange(text: string): string | null {
  const [base = '', bits, ...more] = text.split('/');
  const plain = base.replace(/%.*$/, '');
  if (more.length > 0 || isIP(plain) === 0) return null;
  if (bits !== undefined && !/^(0|[1-9]\d{0,2})$/.test(bits)) return null;
  const address = ipaddr.parse(plain);
  const mapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress();
  const width = address instanceof ipaddr.IPv4 ? 32 : 128;
  const given = bits === undefined ? width : Number(bits);
  if (given > width || (mapped && given < 96)) return null;
  const kept = ipaddr.process(plain);
  const length = mapped ? given - 96 : given;
  const range = `${write(kept)}/${length}`;
  const network =
    kept instanceof ipaddr.IPv4
      ? ipaddr.IPv4.networkAddressFromCIDR(range).toString()
      : ipaddr.IPv6.networkAddressFromCIDR(range).toRFC5952String();
  return network === write(kept) ? range : null;
}

/** A list of CIDR ranges, compiled. An empty list holds nothing. */
export class AddressRanges {
  private readonly ranges: readonly [Address, number][];

  /** @throws Error when a member is no address or range */
  constructor(ranges: readonly string[]) {
    this.ranges = ranges.map((range) => {
      if (!range.includes('/')) {
        const address = parse(range);
        if (address === null) throw new Error(`${range} is not an address`);
        return [address, address instanceof ipaddr.IPv4 ? 32 : 128];
      }
      const [address, bits] = ipaddr.parseCIDR(range);
      if (address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96) {
        return [address.toIPv4Address(), bits - 96];
      }
      return [address, bits];
    });
  }

  includes(text: string): boolean {
    if (this.ranges.length === 0) return false;
    const address = parse(text);
    if (address === null) return false;
    return this.ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
  }
}

const MAX_FORWARDED = 500;

/** `1.2.3.4:567` and `[::1]:567` as some proxies write them; the port is not an identity. */
function hopOf(text: string): string | null {
  const bracketed = /^\[([^\]]+)\](?::\d{1,5})?$/.exec(text)?.[1];
  const withPort = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(text)?.[1];
  return normalizeAddress(bracketed ?? withPort ?? text);
}

/**
 * The three addresses of a request. `X-Forwarded-For` is believed only as far as trusted proxies wrote it: from the
 * right, the first hop that is not a trusted proxy is the client. A hop that is no address ends the walk, since
 * whatever stands left of it was written by somebody unknown. Other forwarding headers are not read at all.
 */
export function clientAddresses(
  peer: string | undefined,
  forwardedHeader: string | readonly string[] | undefined,
  trusted: AddressRanges,
): ClientAddresses {
  const remote = normalizeAddress(peer ?? '') ?? 'unknown';
  const joined = typeof forwardedHeader === 'string' ? forwardedHeader : forwardedHeader?.join(', ');
  if (joined === undefined) return { effective: remote, forwarded: null, remote };

  let effective = remote;
  const hops = joined.split(',');
  while (trusted.includes(effective)) {
    const next = hopOf(hops.pop()?.trim() ?? '');
    if (next === null) break;
    effective = next;
  }
  return { effective, forwarded: joined.slice(0, MAX_FORWARDED), remote };
}
