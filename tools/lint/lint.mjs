// Lints the whole workspace in one process. Run it through `npm run lint` (nx): without the project graph that nx
// makes, the walls between libraries would be skipped in silence. So a violation is linted first, and must be found.
import { ESLint } from 'eslint';

const CANARIES = [
  {
    filePath: 'libs/console/ui/src/lib/canary.ts',
    code: "import { OtpModule } from '@tollgate/api/otp';\nexport const x = OtpModule;\n",
    rule: '@nx/enforce-module-boundaries',
  },
  {
    filePath: 'libs/console/ui/src/lib/canary.ts',
    code: 'export const port = process.env.PORT;\n',
    rule: 'house/no-process-env',
  },
];

const fix = process.argv.includes('--fix');
const patterns = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const eslint = new ESLint({
  fix,
  cache: !process.env.CI,
  cacheLocation: 'tmp/eslint-cache',
  errorOnUnmatchedPattern: false,
});

for (const { filePath, code, rule } of CANARIES) {
  const [result] = await eslint.lintText(code, { filePath });
  if (!result?.messages.some((message) => message.ruleId === rule)) {
    console.error(`The rule ${rule} did not find a violation that was planted for it: the walls are off.`);
    console.error(result?.messages.map((message) => `${message.ruleId}: ${message.message}`).join('\n'));
    process.exit(1);
  }
}

const results = await eslint.lintFiles(patterns.length > 0 ? patterns : ['.']);
if (fix) await ESLint.outputFixes(results);
const formatter = await eslint.loadFormatter('stylish');
const text = await formatter.format(results);
if (text !== '') console.log(text);
const errors = results.reduce((sum, result) => sum + result.errorCount, 0);
console.log(`lint: ${results.length} files, ${errors} errors`);
process.exit(errors > 0 ? 1 : 0);
