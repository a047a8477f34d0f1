import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SealedRows, type PendingUse } from '@tollgate/api/crypto';
import { Database, sealedColumn } from '@tollgate/api/database';
import { Clock } from '@tollgate/api/kernel';
import { requestContext } from '../domain/reset-token';

/** What people's sign-ins keep sealed, or have derived from a key, for the rotation of keys. */
@Injectable()
export class SealedFactors implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly rows: SealedRows,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    const context = (id: string) => `user-factor:${id}`;
    this.rows.register(
      'second factors of people',
      sealedColumn(this.database, { table: 'user_factor', column: 'secret', context }),
    );
    this.rows.register(
      'wishes for a new password',
      sealedColumn(this.database, {
        table: 'password_reset_request',
        column: 'identifier_sealed',
        context: requestContext,
      }),
    );
    this.rows.registerPending('invitations', () => this.openInvitations());
    this.rows.registerPending('links that set a password', () => this.openResets());
  }

  private async openInvitations(): Promise<PendingUse[]> {
    const rows = await this.database.query<{ keyId: string; n: number }>(
      `SELECT key_id AS keyId, COUNT(*) AS n FROM invitation WHERE status = 'pending' GROUP BY key_id`,
    );
    return rows.map(({ keyId, n }) => ({ keyId, count: Number(n) }));
  }

  private async openResets(): Promise<PendingUse[]> {
    const rows = await this.database.query<{ keyId: string; n: number }>(
      `SELECT key_id AS keyId, COUNT(*) AS n FROM password_reset WHERE closed_at IS NULL AND expires_at > ? GROUP BY key_id`,
      [this.clock.recordedAt()],
    );
    return rows.map(({ keyId, n }) => ({ keyId, count: Number(n) }));
  }
}
