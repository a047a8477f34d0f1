import ipaddr from 'ipaddr.js';

/** The wider network of a client address: /24 of IPv4, /48 of IPv6. Text that is no address is its own network. */
export function widerNetwork(address: string): string {
  const bare = address.replace(/\/\d+$/, '');
  if (!ipaddr.isValid(bare)) return address;
  const parsed = ipaddr.process(bare);
  if (parsed instanceof ipaddr.IPv4)
    return `${ipaddr.IPv4.networkAddressFromCIDR(`${parsed.toString()}/24`).toString()}/24`;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/48`).toRFC5952String()}/48`;
}

/** How a destination is shown when only its block is known: `+2782***`, `***@example.com`. */
export function maskedPrefix(prefix: string | null): string | null {
  if (prefix === null) return null;
  return prefix.startsWith('+') ? `${prefix.slice(0, 5)}***` : `***@${prefix}`;
}
