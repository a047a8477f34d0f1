import type { DemoCredentials } from './demo-credentials';

const TRIED_NUMBER = '+27821234567';

/**
 * What the demo prints on stdout once it answers. Scripts read the lines that begin with a name and a colon; the last
 * of them is `Live key:`.
 */
export function greeting(url: string, demo: DemoCredentials): string {
  const call = (path: string, body: string) =>
    `curl -s ${url}${path} -H 'Authorization: Bearer ${demo.test_key}' -H 'Content-Type: application/json' -d '${body}'`;
  return `
Tollgate is running. Try it: start a verification, read its code in the test inbox, check it.

  ID=$(${call('/v1/verifications', `{"to":"${TRIED_NUMBER}"}`)} | sed 's/.*"id":"\\(vrf_[^"]*\\)".*/\\1/')
  CODE=$(curl -s '${url}/v1/test/messages?to=${encodeURIComponent(TRIED_NUMBER)}' -H 'Authorization: Bearer ${demo.test_key}' | sed 's/.*"code":"\\([0-9]*\\)".*/\\1/')
  ${call('/v1/verifications/$ID/check', '{"code":"\'$CODE\'"}').replace('/$ID/', '/"$ID"/')}

The API reference is at ${url}/docs. Everything is kept in the data folder; Ctrl-C stops the server.

Console: ${url}
Sign in: ${demo.admin.email} / ${demo.admin.password}
Super admin: ${demo.super_admin.email} / ${demo.super_admin.password}
Test key: ${demo.test_key}
Live key: ${demo.live_key}
`;
}
