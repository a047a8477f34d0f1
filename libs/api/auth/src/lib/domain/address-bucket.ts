import ipaddr from 'ipaddr.js';

/**
 * The part of a client's address that one person can be held to: the whole of IPv4, the /64 of IPv6, whatever its
 * textual form. Text that is no address is a bucket of its own.
 */
export function addressBucket(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const network = parsed.toByteArray().slice(0, 8).concat([0, 0, 0, 0, 0, 0, 0, 0]);
  return `${ipaddr.fromByteArray(network).toString()}/64`;
}
