import { AnchorAuditChains, SealAuditChains } from '@tollgate/api/audit';
import type { Config } from '@tollgate/api/config';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readArguments, say, UsageError, type Command } from './command';
import { dumpMysql } from './persistence/mysql-copy';
import { copySqlite } from './persistence/sqlite-copy';
import { withApplication } from './with-application';

/** The end of every audit chain is signed first, so that the copy proves where it was taken. */
async function anchor(config: Config): Promise<void> {
  await withApplication(config, async (application) => {
    const sealing = application.get(SealAuditChains, { strict: false });
    for (let sealed = 1; sealed > 0;) sealed = await sealing.execute();
    await application.get(AnchorAuditChains, { strict: false }).execute();
  });
}

export const backup: Command = {
  usage: 'backup FILE',
  summary: 'copies the database to a new file as it is at one moment, while the server runs',
  async run(args, config) {
    const { values } = readArguments(backup, args, ['file'], []);
    const file = resolve(values.file);
    if (existsSync(file)) throw new UsageError(`${file} exists already: name a new file`);
    await anchor(config);
    if (config.database.engine === 'sqlite') await copySqlite(config.database.file, file);
    else await dumpMysql(config.database.url, file);
    say(`The database is in ${file}.`);
    say(`It is worth nothing without the keys: keep TOLLGATE_KEYS and TOLLGATE_HASH_KEY, or keys.json of`);
    say(`${config.dataDir}, somewhere else. audit-anchors.jsonl belongs there as well.`);
    return 0;
  },
};
