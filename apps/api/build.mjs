// Builds the API into dist/api. @rspack/cli is not needed for one call; --watch builds again at every change.
import { rspack } from '@rspack/core';
import config from './rspack.config.mjs';

const report = (error, stats) => {
  if (error) throw error;
  if (stats.hasErrors() || stats.hasWarnings()) console.error(stats.toString('errors-warnings'));
  if (stats.hasErrors()) process.exitCode = 1;
  else console.error(`dist/api built in ${stats.endTime - stats.startTime} ms`);
};

const compiler = rspack(config);
if (process.argv.includes('--watch')) compiler.watch({}, report);
else compiler.run((error, stats) => compiler.close(() => report(error, stats)));
