import { Injectable } from '@nestjs/common';
import { Database } from '@tollgate/api/database';

const ID = 'platform';

export interface StoredSettings {
  readonly version: number;
  readonly content: Readonly<Record<string, unknown>>;
}

@Injectable()
export class PlatformSettingRows {
  constructor(private readonly database: Database) {}

  async read(): Promise<StoredSettings | null> {
    const [row] = await this.database.query<{ version: number; content: string }>(
      'SELECT version, content FROM platform_setting WHERE id = ?',
      [ID],
    );
    return row === undefined
      ? null
      : { version: row.version, content: JSON.parse(row.content) as Record<string, unknown> };
  }

  /** False when somebody else's change came first. */
  async replace(content: Readonly<Record<string, unknown>>, expectedVersion: number, atMs: number): Promise<boolean> {
    const text = JSON.stringify(content);
    const { affected } = await this.database.execute(
      'UPDATE platform_setting SET content = ?, version = version + 1, updated_at = ? WHERE id = ? AND version = ?',
      [text, atMs, ID, expectedVersion],
    );
    if (affected === 1) return true;
    if (expectedVersion !== 0) return false;
    try {
      await this.database.execute(
        'INSERT INTO platform_setting (id, version, content, updated_at) VALUES (?, 1, ?, ?)',
        [ID, text, atMs],
      );
      return true;
    } catch (error) {
      if (this.database.isDuplicate(error)) return false;
      throw error;
    }
  }
}
