import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressPolicy } from './address-policy';
import { OutboundError } from './outbound-http';

/** Every address of a name, as the system knows them. */
export type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

export const systemResolve: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses);
    });
  });

export const refusal = (): OutboundError => new OutboundError('refused', 'Outgoing calls may not go to this address');

/** `[::1]` as URLs write it, and `::1`. */
export const bareHost = (host: string): string =>
  host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;

/**
 * The addresses of a host that may be connected to. One that may not spoils the rest: an honest name does not point
 * inside and outside at once.
 * @throws OutboundError refused, unreachable
 */
export async function allowedAddresses(
  host: string,
  policy: AddressPolicy,
  resolve: Resolve,
): Promise<readonly LookupAddress[]> {
  const name = bareHost(host);
  const family = isIP(name);
  if (family !== 0) {
    if (!policy.allowsAddress(name)) throw refusal();
    return [{ address: name, family }];
  }
  let addresses: readonly LookupAddress[];
  try {
    addresses = await resolve(name);
  } catch (error) {
    throw new OutboundError('unreachable', 'The host could not be found', error);
  }
  if (addresses.length === 0) throw new OutboundError('unreachable', 'The host could not be found');
  if (policy.allowsHost(name)) return addresses;
  if (!addresses.every(({ address }) => policy.allowsAddress(address))) throw refusal();
  return addresses;
}

/** A `lookup` for sockets: what it hands out is what was checked, so nothing resolves between check and use. */
export function guardedLookup(policy: AddressPolicy, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    allowedAddresses(host, policy, resolve).then(
      (addresses) => {
        const wanted = options.family === 4 || options.family === 6 ? options.family : 0;
        const fitting = addresses.filter(({ family }) => wanted === 0 || family === wanted);
        const first = fitting[0];
        if (first === undefined) callback(new OutboundError('unreachable', 'The host could not be found'), '', 0);
        else if (options.all === true) callback(null, [...fitting]);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, '', 0),
    );
  };
}
