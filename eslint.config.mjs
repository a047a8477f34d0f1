import nx from '@nx/eslint-plugin';
import angular from 'angular-eslint';
import tseslint from 'typescript-eslint';
import house from './tools/house-rules/index.mjs';
import { WALLS } from './tools/house-rules/walls.mjs';

const SPECS = ['**/*.spec.ts', '**/*.int-spec.ts', '**/*.e2e-spec.ts', '**/testing/**/*.ts', 'apps/*-e2e/**/*.ts'];
const NODE_SIDE = [
  'apps/api/**/*.ts',
  'apps/api-e2e/**/*.ts',
  'apps/console-e2e/**/*.ts',
  'libs/api/**/*.ts',
  'libs/contracts/**/*.ts',
  'libs/sdk/**/*.ts',
  'tools/**/*.ts',
];

export default tseslint.config(
  { ignores: ['dist/**', 'data/**', 'tmp/**', '.nx/**', '.angular/**', 'node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx, house },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          enforceBuildableLibDependency: false,
          banTransitiveDependencies: false,
          allow: [],
          // `testing/` is the second entry of a library, for specs alone.
          checkDynamicDependenciesExceptions: [],
          depConstraints: WALLS,
        },
      ],
      'house/endpoint-declares-permission': 'error',
      'house/names-say-what': 'error',
      'house/no-process-env': 'error',
      'house/suppression-needs-reason': 'error',
      'house/typeorm-only-in-persistence': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': 'allow-with-description' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-imports': [
        'error',
        {
          paths: [
            {
              name: '@nestjs/common',
              importNames: ['forwardRef'],
              message: 'The graph is acyclic; find the missing third thing.',
            },
          ],
        },
      ],
      'no-console': 'error',
      'no-debugger': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
      'max-lines': ['error', { max: 400 }],
    },
  },
  {
    files: NODE_SIDE,
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['libs/api/**/*.ts'],
    ignores: ['libs/api/platform/http/**', 'libs/api/platform/observability/**', ...SPECS],
    rules: { 'house/no-http-exception-in-domain': 'error' },
  },
  {
    files: ['apps/console/**/*.ts', 'libs/console/**/*.ts'],
    extends: [...angular.configs.tsRecommended],
    processor: angular.processInlineTemplates,
    rules: {
      '@angular-eslint/prefer-on-push-component-change-detection': 'off',
      '@angular-eslint/component-class-suffix': 'off',
      '@angular-eslint/directive-class-suffix': 'off',
    },
  },
  {
    files: ['apps/console/**/*.html', 'libs/console/**/*.html'],
    extends: [...angular.configs.templateRecommended, ...angular.configs.templateAccessibility],
  },
  {
    files: SPECS,
    rules: { 'max-lines': ['error', { max: 600 }], 'house/no-process-env': 'off' },
  },
  {
    files: ['libs/api/platform/config/**/*.ts', 'apps/api/src/**/*.ts', 'apps/*-e2e/**/*.ts', 'tools/**/*.ts'],
    rules: { 'house/no-process-env': 'off', 'no-console': 'off' },
  },
);
