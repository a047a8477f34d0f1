import { ConfigError, readConfig } from '@tollgate/api/config';
import { backup } from './cli/backup';
import { UsageError, type Command } from './cli/command';
import { restore } from './cli/restore';
import { rotateKeys } from './cli/rotate-keys';
import { checkConfig, migrateSchema, rollbackSchema } from './cli/schema';
import { verifyAuditLog } from './cli/verify-audit';
import { verifyCredits } from './cli/verify-ledger';

const COMMANDS: readonly Command[] = [
  checkConfig,
  migrateSchema,
  rollbackSchema,
  verifyCredits,
  verifyAuditLog,
  backup,
  restore,
  rotateKeys,
];

function help(): string {
  const width = Math.max(...COMMANDS.map(({ usage }) => usage.length)) + 2;
  const lines = COMMANDS.map(({ usage, summary }) => `  ${usage.padEnd(width)}${summary}`);
  return `node dist/api/cli.js COMMAND\n\n${lines.join('\n')}\n\nSettings come from the environment, as the server's do: docs/configuration.md.\n`;
}

/** What operators run beside the server. @returns the exit status */
async function run(name: string | undefined, args: readonly string[]): Promise<number> {
  const command = COMMANDS.find((candidate) => candidate.usage.split(' ')[0] === name);
  if (command === undefined) {
    const asked = name === '--help' || name === 'help';
    process[asked ? 'stdout' : 'stderr'].write(help());
    return asked ? 0 : 2;
  }
  return command.run(args, readConfig(process.env));
}

function statusOf(error: unknown): number {
  if (error instanceof ConfigError) return 78;
  return error instanceof UsageError ? 2 : 1;
}

try {
  process.exitCode = await run(process.argv[2], process.argv.slice(3));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = statusOf(error);
}
