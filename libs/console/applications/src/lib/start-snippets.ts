import type { Snippet } from '@tollgate/console/ui';

/** The first call of the API in four languages, against this installation. */
export function startSnippets(origin: string): readonly Snippet[] {
  const url = `${origin}/v1/verifications`;
  const body = `{"to": "+27821234567", "channel": "sms"}`;
  return [
    {
      language: 'curl',
      code: [
        `curl ${url} \\`,
        `  -H "Authorization: Bearer YOUR_KEY" \\`,
        `  -H "Content-Type: application/json" \\`,
        `  -d '${body}'`,
      ].join('\n'),
    },
    {
      language: 'TypeScript',
      code: [
        `const answer = await fetch('${url}', {`,
        `  method: 'POST',`,
        `  headers: { Authorization: 'Bearer YOUR_KEY', 'Content-Type': 'application/json' },`,
        `  body: JSON.stringify({ to: '+27821234567', channel: 'sms' }),`,
        `});`,
        `const verification = await answer.json();`,
      ].join('\n'),
    },
    {
      language: 'Python',
      code: [
        `import requests`,
        ``,
        `verification = requests.post(`,
        `    "${url}",`,
        `    headers={"Authorization": "Bearer YOUR_KEY"},`,
        `    json={"to": "+27821234567", "channel": "sms"},`,
        `).json()`,
      ].join('\n'),
    },
    {
      language: 'PHP',
      code: [
        `$answer = file_get_contents('${url}', false, stream_context_create(['http' => [`,
        `  'method' => 'POST',`,
        `  'header' => "Authorization: Bearer YOUR_KEY\\r\\nContent-Type: application/json",`,
        `  'content' => '${body}',`,
        `]]));`,
      ].join('\n'),
    },
  ];
}
