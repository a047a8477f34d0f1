import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { anchorLine, parseAnchorLine, type Anchor } from './domain/anchor';

/**
 * Anchors outside the database, one a line, appended: who cuts the tail of a chain together with its anchors has to
 * reach this file too. Copy it elsewhere for more. Each machine keeps those that it signed itself.
 */
@Injectable()
export class AnchorFile {
  private readonly path: string;

  constructor(config: Config) {
    this.path = join(config.dataDir, 'audit-anchors.jsonl');
  }

  async append(anchors: readonly Anchor[]): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    // A newline in front ends a line that a loss of power tore; empty lines are no anchors.
    await appendFile(this.path, `\n${anchors.map(anchorLine).join('')}`, { mode: 0o600, flush: true });
  }

  async read(): Promise<Anchor[]> {
    let text: string;
    try {
      text = await readFile(this.path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    return text.split('\n').flatMap((line) => parseAnchorLine(line) ?? []);
  }
}
