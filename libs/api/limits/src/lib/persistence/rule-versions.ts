import { Inject, Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';

/** The version of a set of rules: who changes it says which one they read. */
@Injectable()
export class RuleVersions {
  constructor(@Inject(Database) private readonly database: Database) {}

  async current(name: 'limits' | 'fraud'): Promise<number> {
    const [row] = await this.database.query<{ version: number }>('SELECT version FROM rule_version WHERE name = ?', [
      name,
    ]);
    return Number(row?.version ?? 0);
  }

  /**
   * Raises it in the transaction of the change. One guarded UPDATE: of two changes of the same version one wins.
   * @throws DomainError version_conflict
   */
  async raise(name: 'limits' | 'fraud', expected: number | undefined): Promise<void> {
    const guard = expected === undefined ? '' : ' AND version = ?';
    const { affected } = await this.database.execute(
      `UPDATE rule_version SET version = version + 1 WHERE name = ?${guard}`,
      expected === undefined ? [name] : [name, expected],
    );
    if (affected !== 1) throw new DomainError('version_conflict');
  }
}
