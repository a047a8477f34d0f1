import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SealedRows, type Reseal } from '@tollgate/api/crypto';
import { Database, sealedColumn } from '@tollgate/api/database';

/** What delivery keeps sealed, for the rotation of keys: destinations, credentials, tokens of callbacks. */
@Injectable()
export class SealedDelivery implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly rows: SealedRows,
  ) {}

  onModuleInit(): void {
    const column = (table: string, name: string, purpose: string) =>
      sealedColumn(this.database, { table, column: name, context: (id) => `${purpose}:${id}` });
    this.rows.register('destinations of messages', column('message', 'destination_sealed', 'message'));
    this.rows.register(
      'callback tokens of providers',
      column('delivery_provider', 'callback_sealed', 'provider_callback'),
    );
    this.rows.register('credentials of providers', (reseal) => this.credentials(reseal));
  }

  /** A handful in all, so one batch. */
  private async credentials(reseal: Reseal): Promise<{ renewed: number; last: null }> {
    const rows = await this.database.query<{ id: string; name: string; sealed: string }>(
      'SELECT provider_id AS id, name, sealed FROM provider_credential ORDER BY provider_id, name',
    );
    let renewed = 0;
    for (const { id, name, sealed } of rows) {
      const fresh = reseal(sealed, `provider_credential:${id}:${name}`);
      if (fresh === null) continue;
      const { affected } = await this.database.execute(
        'UPDATE provider_credential SET sealed = ? WHERE provider_id = ? AND name = ? AND sealed = ?',
        [fresh, id, name, sealed],
      );
      renewed += affected;
    }
    return { renewed, last: null };
  }
}
