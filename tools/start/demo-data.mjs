// npm run demo:data: fills the demo of ./data with thirty days of traffic, through the product itself.
import { spawnSync } from 'node:child_process';

for (const [command, ...rest] of [
  ['nx', 'run-many', '-t', 'build', '--output-style', 'static'],
  [process.execPath, '--enable-source-maps', 'dist/api/demo-data.js', ...process.argv.slice(2)],
]) {
  const env = { ...process.env, TOLLGATE_PROFILE: 'demo' };
  const { status } = spawnSync(command, rest, { stdio: ['ignore', 'inherit', 'inherit'], env });
  if (status !== 0) process.exit(status ?? 1);
}
