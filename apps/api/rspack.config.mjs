import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** What is ours is compiled into the bundle; what npm brings is loaded from node_modules as it is. */
const isOurs = (request) => request.startsWith('.') || request.startsWith('/') || request.startsWith('@tollgate/');

/**
 * The compiler settings of everything on the API side; the tests use the same ones in jest.preset.js.
 * @param {{ entry: Record<string, string>, outDir: string }} what
 */
export function nodeBundle({ entry, outDir }) {
  return {
    mode: 'production',
    target: 'node24',
    context: root,
    entry,
    devtool: 'source-map',
    output: {
      path: resolve(root, outDir),
      filename: '[name].js',
      chunkFilename: 'chunk-[contenthash:8].js',
      module: true,
      chunkFormat: 'module',
      library: { type: 'module' },
      clean: true,
    },
    resolve: { extensions: ['.ts', '.js', '.mjs', '.json'], tsConfig: resolve(root, 'tsconfig.base.json') },
    module: {
      parser: { javascript: { importMeta: false } },
      rules: [
        {
          test: /\.ts$/,
          type: 'javascript/auto',
          loader: 'builtin:swc-loader',
          options: {
            jsc: {
              target: 'es2023',
              parser: { syntax: 'typescript', decorators: true },
              transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
            },
          },
        },
      ],
    },
    externalsType: 'module',
    externals: [({ request }, done) => (isOurs(request) ? done() : done(null, `module ${request}`))],
    // Names stay as they are: Nest finds providers by class, and stacks are for people. Two entries share one chunk.
    optimization: { minimize: false, splitChunks: { chunks: 'all', minSize: 0 }, concatenateModules: true },
    performance: false,
    stats: 'errors-warnings',
  };
}

export default nodeBundle({
  entry: {
    main: './apps/api/src/main.ts',
    cli: './apps/api/src/cli.ts',
    'demo-data': './apps/api/src/demo-data/demo-data.ts',
  },
  outDir: 'dist/api',
});
