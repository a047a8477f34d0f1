import { Injectable } from '@nestjs/common';
import { EndVerification } from './end-verification';
import { VerificationParts } from './persistence/verification-parts';
import type { StoredSendState } from './persistence/verification-parts.entity';
import { VerificationWrites } from './persistence/verification-writes';

/** A code may still be on its way, or have arrived. */
const ALIVE: ReadonlySet<StoredSendState> = new Set(['queued', 'accepted', 'sent', 'delivered', 'unknown']);
const MAX_ROUNDS = 20;

/** Ends a verification whose code reached nobody and has no way left to. Inside the caller's unit of work. */
@Injectable()
export class EndUndeliverable {
  constructor(
    private readonly writes: VerificationWrites,
    private readonly parts: VerificationParts,
    private readonly ending: EndVerification,
  ) {}

  /** Whether some send is on its way or has arrived. */
  async mayArrive(verificationId: string): Promise<boolean> {
    const sends = await this.parts.sendsOf(verificationId);
    return sends.some((send) => ALIVE.has(send.state));
  }

  /** Nothing happens to one that was sent nothing: a live test number, an authenticator. */
  async endIfSo(verificationId: string, at: number): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const row = await this.writes.byId(verificationId);
      if (row === null || row.status !== 'pending') return;
      if (row.personal?.steps[row.step + 1] !== undefined) return;
      const sends = await this.parts.sendsOf(verificationId);
      if (sends.length === 0 || sends.some((send) => ALIVE.has(send.state))) return;
      if (await this.ending.end(row, 'undeliverable', at)) return;
    }
  }
}
