import { ConfigError, readConfig } from '@tollgate/api/config';
import { migrate } from '@tollgate/api/database';
import { SCHEMA } from './app.module';

const HELP = `node dist/api/cli.js COMMAND

  migrate       brings the schema of the configured database up to date, and ends
  check-config  reads the settings from the environment, and says what is wrong with them
`;

/** What operators run beside the server. @returns the exit status */
async function run(command: string | undefined): Promise<number> {
  if (command === 'check-config') {
    readConfig(process.env);
    process.stdout.write('The configuration is complete.\n');
    return 0;
  }
  if (command === 'migrate') {
    await migrate(readConfig(process.env).database, SCHEMA);
    process.stdout.write('The schema is up to date.\n');
    return 0;
  }
  process.stderr.write(HELP);
  return command === '--help' || command === 'help' ? 0 : 2;
}

try {
  process.exitCode = await run(process.argv[2]);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}
