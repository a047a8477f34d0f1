import type { OutboundHttp } from '../lib/outbound-http';
import { UndiciOutboundHttp } from '../lib/undici-outbound-http';

/** The real client, allowed to reach fakes on loopback. `close()` it at the end. */
export function loopbackOutbound(): OutboundHttp & { close(): Promise<void> } {
  return new UndiciOutboundHttp(['127.0.0.1/32', '::1/128']);
}
