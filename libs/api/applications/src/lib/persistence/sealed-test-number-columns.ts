import { Injectable, type OnModuleInit } from '@nestjs/common';
import { SealedRows } from '@tollgate/api/crypto';
import { Database, sealedColumn } from '@tollgate/api/database';

/** What live test numbers keep sealed, for the rotation of keys. */
@Injectable()
export class SealedTestNumberColumns implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly rows: SealedRows,
  ) {}

  onModuleInit(): void {
    const register = (name: string, column: string, purpose: string) =>
      this.rows.register(
        name,
        sealedColumn(this.database, { table: 'test_number', column, context: (id) => `${purpose}:${id}` }),
      );
    register('live test numbers', 'destination_sealed', 'test_number');
    register('codes of live test numbers', 'code_sealed', 'test_number_code');
  }
}
