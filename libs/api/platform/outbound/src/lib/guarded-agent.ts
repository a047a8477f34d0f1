import { Agent as HttpAgent, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { isOpenPort, type AddressPolicy } from './address-policy';
import { bareHost, refusal } from './guarded-lookup';

type Created = (error: Error | null, stream: Duplex) => void;

const MAX_SOCKETS = 32;

/** Sockets are not looked up when the host is an address already: then the check is here. */
export function refusedTarget(host: string, port: number, policy: AddressPolicy): boolean {
  const name = bareHost(host);
  return !isOpenPort(port) || (isIP(name) !== 0 && !policy.allowsAddress(name));
}

/**
 * Puts the check in front of every connection of an agent, whatever the client that uses it asks for: its own `lookup`,
 * `socketPath` or proxy settings do not count.
 */
export function guard<A extends HttpAgent>(agent: A, policy: AddressPolicy, lookup: LookupFunction): A {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options: ClientRequestArgs, created?: Created): Duplex | null | undefined => {
    const port = Number(options.port ?? options.defaultPort ?? 80);
    if (options.socketPath || refusedTarget(options.host ?? 'localhost', port, policy)) {
      process.nextTick(() => created?.(refusal(), undefined as never));
      return undefined;
    }
    return connect({ ...options, lookup }, created);
  };
  return agent;
}

export function guardedHttpAgent(policy: AddressPolicy, lookup: LookupFunction): HttpAgent {
  return guard(new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, lookup }), policy, lookup);
}

export function guardedHttpsAgent(policy: AddressPolicy, lookup: LookupFunction): HttpsAgent {
  return guard(new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS, lookup }), policy, lookup);
}
