// The OpenAPI document and the reference page, from the declarations of libs/contracts.
//   node tools/contract/contract.mjs --write   writes openapi.json at the root of the workspace
//   node tools/contract/contract.mjs --check   fails when openapi.json is not what the declarations say
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rspack } from '@rspack/core';
import { nodeBundle } from '../../apps/api/rspack.config.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const committed = join(root, 'openapi.json');

/** The generator is TypeScript that imports the contract; it is bundled, since Node cannot resolve its imports. */
async function generator() {
  const outDir = 'tmp/contract';
  const config = nodeBundle({ entry: { generate: './tools/contract/src/generate.ts' }, outDir });
  const compiler = rspack(config);
  const stats = await new Promise((done, fail) => {
    compiler.run((error, result) => compiler.close(() => (error ? fail(error) : done(result))));
  });
  if (stats.hasErrors()) throw new Error(stats.toString('errors-warnings'));
  return import(pathToFileURL(join(root, outDir, 'generate.js')).href);
}

/** What the server serves, into a folder beside it. */
export async function writeReference(folder) {
  const { generate } = await generator();
  const { document, page } = generate();
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'openapi.json'), document);
  writeFileSync(join(folder, 'index.html'), page);
}

async function main(flag) {
  const { generate } = await generator();
  const { document, operations } = generate();
  if (flag === '--write') {
    writeFileSync(committed, document);
    console.log(`openapi.json: ${operations} operations`);
    return 0;
  }
  if (flag !== '--check') {
    console.error('Say --write or --check.');
    return 2;
  }
  if (existsSync(committed) && readFileSync(committed, 'utf8') === document) {
    console.log(`openapi.json is what the contract says: ${operations} operations`);
    return 0;
  }
  console.error('openapi.json is not what libs/contracts declares. Run: npm run openapi');
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await main(process.argv[2]);
