import { Browser } from './browser';
import { Caller, type Demo } from './demo';

/** The built-in organization of the installation's staff. */
export const PLATFORM = 'org_00000000000000000000000000';

const PASSWORD = 'violet trumpet gravel';

/** The path of the link in the newest invitation to this address, once the outbox has it. */
async function invitationPath(staff: Caller): Promise<string> {
  for (let tries = 0; tries < 300; tries += 1) {
    const { data } = await staff.done('GET', '/v1/messages?limit=1');
    const [newest] = data as { id: string }[];
    const { text = '' } = newest === undefined ? {} : await staff.done('GET', `/v1/messages/${newest.id}/preview`);
    const path = /\/invite\/[A-Za-z0-9_-]+/.exec(String(text))?.[0];
    if (path !== undefined) return path;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the invitation did not reach the outbox');
}

/** Somebody who was invited with these roles and accepted: of the platform, unless an organization is named. */
export async function joinTeam(
  demo: Demo,
  roles: readonly string[],
  organizationId: string = PLATFORM,
): Promise<Caller> {
  const staff = demo.superAdmin.in(organizationId);
  await staff.done('POST', '/v1/team/invitations', { email: `${roles.join('.')}@joined.example`, roles });
  const browser = new Browser(demo.server);
  const joined = await browser.fill(await invitationPath(staff), { name: 'Robin Joined', password: PASSWORD });
  if (joined.status !== 303) throw new Error(`joining was answered with ${joined.status}: ${joined.text}`);
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  return new Caller(demo.server, { cookie, origin: demo.server.url });
}
