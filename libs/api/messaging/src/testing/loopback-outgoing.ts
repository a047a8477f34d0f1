import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect, type Socket } from 'node:net';
import type { Outgoing, OutgoingAnswer, OutgoingRequest } from '../lib/providers/outgoing';

/** The outside of adapter specs: loopback only, with the same limits as the real one. */
export class LoopbackOutgoing implements Outgoing {
  private readonly made: { readonly http: HttpAgent; readonly https: HttpsAgent }[] = [];

  agents(): { http: HttpAgent; https: HttpsAgent } {
    const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
    this.made.push(agents);
    return agents;
  }

  request(call: OutgoingRequest): Promise<OutgoingAnswer> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest(
        call.url,
        {
          method: call.method,
          headers: { ...call.headers },
          agent: false,
          signal: AbortSignal.timeout(call.timeoutMs),
        },
        (response) => {
          const chunks: Buffer[] = [];
          let size = 0;
          response.on('data', (chunk: Buffer) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > call.maxBytes) outgoing.destroy(new Error('the answer is too large'));
          });
          response.on('error', reject);
          response.on('end', () => {
            const headers = Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            );
            resolve({ status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks).toString('utf8') });
          });
        },
      );
      outgoing.on('error', (error) => {
        reject(
          error.name === 'AbortError'
            ? Object.assign(new Error('timeout', { cause: error }), { code: 'ETIMEDOUT' })
            : error,
        );
      });
      outgoing.end(call.body ?? undefined);
    });
  }

  connect(host: string, port: number, timeoutMs: number): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port });
      const timer = setTimeout(
        () => socket.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })),
        timeoutMs,
      );
      socket.once('connect', () => {
        clearTimeout(timer);
        socket.removeListener('error', reject);
        resolve(socket);
      });
      socket.once('error', reject);
    });
  }

  close(): void {
    for (const { http, https } of this.made) {
      http.destroy();
      https.destroy();
    }
  }
}
