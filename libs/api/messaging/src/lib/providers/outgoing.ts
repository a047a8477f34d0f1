import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';

export interface OutgoingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** For the whole call: name, connection, answer. */
  readonly timeoutMs: number;
  /** Larger answers are cut off with an error. */
  readonly maxBytes: number;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * All that adapters may use of the outside. Whoever stands behind it checks every address when it connects, follows no
 * redirect and uses no proxy; a refused address is an error with the code `EADDRESSREFUSED`.
 */
export interface Outgoing {
  agents(): { readonly http: HttpAgent; readonly https: HttpsAgent };
  request(request: OutgoingRequest): Promise<OutgoingAnswer>;
  /** A plain connected socket, for SMTP. */
  connect(host: string, port: number, timeoutMs: number): Promise<Socket>;
}
