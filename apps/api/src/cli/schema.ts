import { migrate, pendingMigrations, platformSchema, rollback } from '@tollgate/api/database';
import { SCHEMA } from '../app.module';
import { readArguments, say, UsageError, type Command } from './command';

export const checkConfig: Command = {
  usage: 'check-config',
  summary: 'reads the settings from the environment, and says what is wrong with them',
  run(args) {
    readArguments(checkConfig, args, [], []);
    say('The configuration is complete.');
    return Promise.resolve(0);
  },
};

export const migrateSchema: Command = {
  usage: 'migrate',
  summary: 'brings the schema of the configured database up to date, and ends',
  async run(args, config) {
    readArguments(migrateSchema, args, [], []);
    for (const name of await migrate(config.database, SCHEMA)) say(`applied ${name}`);
    say('The schema is up to date.');
    return 0;
  },
};

/**
 * Reverts what came after a step, for a return to an older version: run it with the newer one, which knows how. The
 * data of what is reverted goes with it, so a backup comes first.
 */
export const rollbackSchema: Command = {
  usage: 'rollback NAME',
  summary: 'reverts every schema step after NAME, newest first; what they held is lost',
  async run(args, config) {
    const { values } = readArguments(rollbackSchema, args, ['name'], []);
    const known = [platformSchema, ...SCHEMA].flatMap((part) => part.migrations.map(({ name }) => name)).sort();
    if (!known.includes(values.name)) {
      throw new UsageError(`there is no step ${values.name}. There are:\n  ${known.join('\n  ')}`);
    }
    const pending = new Set(await pendingMigrations(config.database, SCHEMA));
    const later = known.filter((name) => name > values.name && !pending.has(name));
    const reverted = later.length === 0 ? [] : await rollback(config.database, SCHEMA, later.length);
    for (const name of reverted) say(`reverted ${name}`);
    say(`The schema is that of ${values.name}.`);
    return 0;
  },
};
