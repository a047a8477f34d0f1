// Builds the API into dist/api. @rspack/cli is not needed for one call; --watch builds again at every change.
import { rspack } from '@rspack/core';
import { writeReference } from '../../tools/contract/contract.mjs';
import config from './rspack.config.mjs';

const report = async (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors() || stats.hasWarnings()) console.error(stats.toString('errors-warnings'));
  if (stats.hasErrors()) process.exitCode = 1;
  else await writeReference(`${config.output.path}/reference`);
  if (!stats.hasErrors()) console.error(`dist/api built in ${stats.endTime - stats.startTime} ms`);
};

const compiler = rspack(config);
if (process.argv.includes('--watch')) compiler.watch({}, report);
else compiler.run((error, stats) => compiler.close(() => report(error, stats)));
