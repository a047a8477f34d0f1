import { Injectable } from '@nestjs/common';
import type { Server } from 'node:http';

const POLL_MS = 25;

/** Requests that came and have not been answered, so that a process that stops can wait for them. */
@Injectable()
export class OpenRequests {
  /** How many. */
  count = 0;
  /** Set once the process stops: answers close their connections, and `/readyz` says no. */
  stopping = false;

  /**
   * Takes no new connections, lets the requests under way end, and those that still arrive on open connections.
   * @returns false when some had not ended after `patienceMs`
   */
  async drain(server: Server, patienceMs: number): Promise<boolean> {
    this.stopping = true;
    if (server.listening) server.close();
    const until = performance.now() + patienceMs;
    for (;;) {
      server.closeIdleConnections();
      if (this.count === 0) return true;
      if (performance.now() >= until) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
