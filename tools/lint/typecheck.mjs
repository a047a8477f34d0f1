// Types of the API side, then of the console (whose templates the Angular compiler checks).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const commands = [['tsc', '--noEmit', '-p', 'tsconfig.json']];
if (existsSync('apps/console/tsconfig.json')) commands.push(['ngc', '--noEmit', '-p', 'apps/console/tsconfig.json']);

for (const [command, ...rest] of commands) {
  const { status } = spawnSync(command, rest, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
