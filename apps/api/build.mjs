// Builds the API into dist/api. @rspack/cli is not needed for one call; --watch builds again at every change.
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { rspack } from '@rspack/core';
import { writeReference } from '../../tools/contract/contract.mjs';
import config from './rspack.config.mjs';

const final = config.output.path;
const watch = process.argv.includes('--watch');
// Built aside and put in place whole: a build that fails, or runs beside a server, breaks nothing that is there.
const aside = resolve(final, `../../tmp/build-api-${process.pid}`);
const compiler = rspack({ ...config, output: { ...config.output, path: watch ? final : aside } });

async function finish(stats) {
  if (stats.hasErrors() || stats.hasWarnings()) console.error(stats.toString('errors-warnings'));
  if (stats.hasErrors()) throw new Error('dist/api was not built');
  await writeReference(`${watch ? final : aside}/reference`);
  if (!watch) {
    const old = `${aside}-old`;
    mkdirSync(final, { recursive: true });
    renameSync(final, old);
    renameSync(aside, final);
    rmSync(old, { recursive: true, force: true });
  }
  console.error(`dist/api built in ${stats.endTime - stats.startTime} ms`);
}

const complain = (error) => {
  console.error(error.message);
  rmSync(aside, { recursive: true, force: true });
  if (!watch) process.exitCode = 1;
};

if (watch) compiler.watch({}, (error, stats) => (error ? complain(error) : finish(stats).catch(complain)));
else {
  compiler.run((error, stats) => {
    compiler.close(() => (error ? complain(error) : finish(stats).catch(complain)));
  });
}
