import type { Config } from '@tollgate/api/config';

/** One command of `cli.js`. */
export interface Command {
  /** Its name, then what it takes. */
  readonly usage: string;
  readonly summary: string;
  /** @returns the exit status. Throws `UsageError` for arguments that it does not take. */
  run(args: readonly string[], config: Config): Promise<number>;
}

/** The command was called wrongly: status 2. */
export class UsageError extends Error {}

/** Takes the arguments apart: `names` are positions, all needed; `flags` are those that may be given. */
export function readArguments<N extends string, F extends string>(
  command: Command,
  args: readonly string[],
  names: readonly N[],
  flags: readonly F[],
): { readonly values: Record<N, string>; readonly has: (flag: F) => boolean } {
  const given = args.filter((arg) => arg.startsWith('--'));
  const positions = args.filter((arg) => !arg.startsWith('--'));
  const known = (flag: string): flag is F => flags.some((candidate) => candidate === flag);
  if (positions.length !== names.length || !given.every(known)) throw new UsageError(`usage: cli.js ${command.usage}`);
  const entries = names.map((name, index): [N, string] => [name, positions[index] ?? '']);
  return { values: Object.fromEntries(entries) as Record<N, string>, has: (flag) => given.includes(flag) };
}

export function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
