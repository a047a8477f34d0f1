import { SETTINGS } from './schema';

/** The text of docs/configuration.md. */
export function configurationPage(): string {
  const groups = new Map<string, string[]>();
  for (const setting of Object.values(SETTINGS)) {
    const fallback = 'fallbackDoc' in setting ? setting.fallbackDoc : 'fallback' in setting ? setting.fallback : '';
    const rows = groups.get(setting.group) ?? [];
    rows.push(
      `| \`${setting.variable}\` | ${setting.doc.replaceAll('|', '\\|')} | ${fallback} | \`${setting.example}\` |`,
    );
    groups.set(setting.group, rows);
  }
  const parts = [...groups].map(
    ([group, rows]) =>
      `## ${group}\n\n| Variable | What it is for | Unless told | Example |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`,
  );
  return [
    '# Configuration\n\nEvery setting is an environment variable. The server checks all of them before it does anything else;',
    'when something is wrong it names each variable, says what is wrong and shows an example, and ends with status 78.',
    '\nThis page is made from the schema in `libs/api/platform/config`.\n',
    parts.join('\n'),
  ].join('\n');
}
