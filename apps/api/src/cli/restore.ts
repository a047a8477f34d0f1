import type { Config } from '@tollgate/api/config';
import { existsSync, renameSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readArguments, say, UsageError, type Command } from './command';
import { loadMysql } from './persistence/mysql-copy';
import { restoreSqlite } from './persistence/sqlite-copy';

/**
 * Anchors that were signed after the backup speak of rows that are gone with what was replaced. They stay as evidence
 * under another name: in place, every verification to come would report a cut tail.
 */
function setAnchorsAside({ dataDir }: Config): void {
  const anchors = join(dataDir, 'audit-anchors.jsonl');
  if (!existsSync(anchors)) return;
  const aside = join(dataDir, `audit-anchors.before-restore-${Date.now()}.jsonl`);
  renameSync(anchors, aside);
  say(`The audit anchors of before are in ${aside}.`);
}

export const restore: Command = {
  usage: 'restore FILE [--force]',
  summary: 'loads a backup into the configured database, which must be empty or given up by --force',
  async run(args, config) {
    const { values, has } = readArguments(restore, args, ['file'], ['--force']);
    const file = resolve(values.file);
    if (!existsSync(file)) throw new UsageError(`there is no file ${file}`);
    const { database } = config;
    if (database.engine === 'sqlite') await restoreSqlite(file, database.file, has('--force'));
    else await loadMysql(file, database.url, has('--force'));
    setAnchorsAside(config);
    say('The backup is in place and sound. Next: migrate, verify-ledger, verify-audit, then start the server.');
    return 0;
  },
};
