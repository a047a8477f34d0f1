import ipaddr from 'ipaddr.js';
import { isIP } from 'node:net';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Public by their range, but the host's own: Azure's wire server. */
const HOST_SERVICES = new Set(['168.63.129.16']);
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Nothing that speaks HTTP listens there, but databases, mail and administration do. */
const CLOSED_PORTS = new Set([
  1080, 1433, 1434, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3128, 3306, 3389, 3659, 4045, 4190, 5060,
  5061, 5432, 5672, 5900, 5984, 6000, 6379, 6380, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 7000, 7001, 9042,
  9092, 9200, 9300, 10080, 10250, 10255, 11211, 15672, 26379, 27017, 27018,
]);
const MAIL_PORTS = new Set([25, 465, 587, 2525]);

/** Whether a port may be called: 80, 443 and those above 1023 that are not known for something else. */
export function isOpenPort(port: number): boolean {
  if (port === 80 || port === 443) return true;
  return Number.isInteger(port) && port > 1023 && port < 65_536 && !CLOSED_PORTS.has(port);
}

export function isMailPort(port: number): boolean {
  return MAIL_PORTS.has(port) || (isOpenPort(port) && port > 1023);
}

/** Whether an address is one of the public internet and of nobody's inside. Text that is no address is not. */
export function isPublicAddress(text: string): boolean {
  const bare = text.replace(/%.*$/, '');
  if (isIP(bare) === 0) return false;
  const address = ipaddr.process(bare);
  if (address.range() !== 'unicast') return false;
  if (address instanceof ipaddr.IPv6) return address.match(GLOBAL_UNICAST[0] as ipaddr.IPv6, GLOBAL_UNICAST[1]);
  return !HOST_SERVICES.has(address.toString());
}

/** What an operator allows beyond the public internet: host names, `*.names`, addresses and CIDR ranges. */
export class AddressPolicy {
  private readonly hosts = new Set<string>();
  private readonly suffixes: string[] = [];
  private readonly ranges: Range[] = [];

  constructor(allow: readonly string[]) {
    for (const entry of allow) {
      const range = rangeOf(entry);
      if (range !== null) this.ranges.push(range);
      else if (entry.startsWith('*.')) this.suffixes.push(entry.slice(1).toLowerCase());
      else this.hosts.add(entry.toLowerCase());
    }
  }

  /** Whether a name is allowed by itself, whatever it resolves to. */
  allowsHost(host: string): boolean {
    const name = host.toLowerCase().replace(/\.$/, '');
    return this.hosts.has(name) || this.suffixes.some((suffix) => name.endsWith(suffix));
  }

  allowsAddress(text: string): boolean {
    if (isPublicAddress(text)) return true;
    const bare = text.replace(/%.*$/, '');
    if (isIP(bare) === 0) return false;
    const address = ipaddr.process(bare);
    return this.ranges.some(([range, bits]) => range.kind() === address.kind() && address.match(range, bits));
  }
}

function rangeOf(entry: string): Range | null {
  if (isIP(entry) !== 0) {
    const address = ipaddr.process(entry);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  return ipaddr.isValidCIDR(entry) ? ipaddr.parseCIDR(entry) : null;
}
