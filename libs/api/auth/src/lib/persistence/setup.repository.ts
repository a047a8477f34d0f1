import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { SetupEntity } from './entities';

const ID = 'setup';

/** The one row of the first run. */
@Injectable()
export class SetupRepository {
  constructor(private readonly database: Database) {}

  async read(): Promise<SetupEntity | null> {
    return this.database.manager.findOneBy(SetupEntity, { id: ID });
  }

  /** Another token; the one before is void. False when there is an administrator already. */
  async issue(tokenHash: string, expiresAt: number): Promise<boolean> {
    const renew = () =>
      this.database.execute(
        `UPDATE setup SET token_hash = ?, token_expires_at = ?, ticket_hash = NULL
         WHERE id = ? AND administrator_at IS NULL`,
        [tokenHash, expiresAt, ID],
      );
    if ((await renew()).affected === 1) return true;
    try {
      await this.database.manager.insert(SetupEntity, {
        id: ID,
        tokenHash,
        tokenExpiresAt: expiresAt,
        ticketHash: null,
        administratorAt: null,
        completedAt: null,
      });
      return true;
    } catch (error) {
      if (!this.database.isDuplicate(error)) throw error;
      return (await renew()).affected === 1;
    }
  }

  /** Changes the token for a browser's ticket. Single use: true for exactly one of any number at once. */
  async redeem(tokenHash: string, ticketHash: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE setup SET token_hash = NULL, ticket_hash = ?
       WHERE id = ? AND token_hash = ? AND token_expires_at > ? AND administrator_at IS NULL`,
      [ticketHash, ID, tokenHash, nowMs],
    );
    return affected === 1;
  }

  /** The ticket becomes an administrator: once, whoever else holds it. */
  async claimAdministrator(ticketHash: string, nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      `UPDATE setup SET administrator_at = ?, ticket_hash = NULL
       WHERE id = ? AND ticket_hash = ? AND administrator_at IS NULL`,
      [nowMs, ID, ticketHash],
    );
    return affected === 1;
  }

  async complete(nowMs: number): Promise<boolean> {
    const { affected } = await this.database.execute(
      'UPDATE setup SET completed_at = ? WHERE id = ? AND administrator_at IS NOT NULL AND completed_at IS NULL',
      [nowMs, ID],
    );
    return affected === 1;
  }
}
