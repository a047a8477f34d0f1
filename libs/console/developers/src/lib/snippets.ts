import type { Snippet } from '@tollgate/console/ui';

export interface SnippetFacts {
  readonly baseUrl: string;
  /** A key, or a placeholder that says where it belongs. */
  readonly key: string;
  readonly to: string;
}

/** Start and check in the languages that ask most, with the caller's own address filled in. */
export function startSnippets({ baseUrl, key, to }: SnippetFacts): Snippet[] {
  return [
    {
      language: 'curl',
      code: `curl ${baseUrl}/v1/verifications \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"to":"${to}"}'

# then, with the id of the answer and the code that the user typed
curl ${baseUrl}/v1/verifications/$ID/check \\
  -H 'Authorization: Bearer ${key}' \\
  -H 'Content-Type: application/json' \\
  -d '{"code":"123456"}'`,
    },
    {
      language: 'TypeScript',
      code: `import { Tollgate } from '@tollgate/sdk';

const tollgate = new Tollgate({ apiKey: '${key}', baseUrl: '${baseUrl}' });

const started = await tollgate.verifications.start({ to: '${to}' });
if (!started.ok) throw new Error(started.error.title);

const checked = await tollgate.verifications.check(started.data.id, codeFromTheUser);
if (checked.ok && checked.data.valid) signIn();`,
    },
    {
      language: 'Python',
      code: `import json, urllib.request, uuid

def call(path, body):
    request = urllib.request.Request(
        "${baseUrl}" + path,
        data=json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer ${key}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(uuid.uuid4()),
        },
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)

started = call("/v1/verifications", {"to": "${to}"})
checked = call(f"/v1/verifications/{started['id']}/check", {"code": input("Code: ")})
print(checked["valid"])`,
    },
    {
      language: 'PHP',
      code: `<?php
function call(string $path, array $body): array {
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => "Authorization: Bearer ${key}\\r\\n"
            . "Content-Type: application/json\\r\\n"
            . 'Idempotency-Key: ' . bin2hex(random_bytes(16)),
        'content' => json_encode($body),
    ]]);
    return json_decode(file_get_contents('${baseUrl}' . $path, false, $context), true);
}

$started = call('/v1/verifications', ['to' => '${to}']);
$checked = call("/v1/verifications/{$started['id']}/check", ['code' => readline('Code: ')]);
var_dump($checked['valid']);`,
    },
  ];
}
