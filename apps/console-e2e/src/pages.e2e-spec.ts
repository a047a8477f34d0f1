import type { Browser } from 'playwright-core';
import { install, installForProduction, type Installation } from './installation';
import { addressOf, FOR_ADMIN, FOR_AUDITORS, FOR_GUESTS, FOR_STAFF, onTablets, type Found, type Sight } from './sights';
import { openBrowser, Visitor, type Look } from './visitor';

/** In an order that changes one thing at a time. */
const LOOKS: readonly Look[] = [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 1440 },
  { scheme: 'dark', width: 360 },
  { scheme: 'light', width: 360 },
];
const TABLET: Look = { scheme: 'light', width: 768 };
const DAYS = 4;
/** Pictures of each in tmp/screenshots, for eyes: `npm run look`. */
const PICTURES = process.env['TEST_PICTURES'] !== undefined;

interface Rows {
  readonly data: readonly { readonly id: string; readonly version?: number }[];
}

describe('every page, light and dark, wide and narrow, has nothing for axe to find and no complaint', () => {
  let installation: Installation;
  let browser: Browser;
  let found: Found;
  beforeAll(async () => {
    installation = await install(DAYS);
    browser = await openBrowser();
    const staff = await Visitor.arrive(browser, installation);
    await staff.signIn(installation.credentials.super_admin);
    found = await findOut(staff);
    await staff.leave();
  });
  afterAll(async () => {
    await browser.close();
    await installation.stop();
  });

  describe.each([
    { who: 'the admin of an organization', as: 'admin', sights: FOR_ADMIN },
    { who: 'the staff of the installation', as: 'super_admin', sights: FOR_STAFF },
    { who: 'somebody who is not signed in', as: 'guest', sights: FOR_GUESTS },
    { who: 'an auditor who has just joined', as: 'invited', sights: FOR_AUDITORS },
  ] as const)('for $who', ({ as, sights }) => {
    let visitor: Visitor;
    beforeAll(async () => {
      visitor = await Visitor.arrive(browser, installation);
      if (as === 'invited') await accept(visitor, found.invitation);
      else if (as !== 'guest') await visitor.signIn(installation.credentials[as]);
    });
    afterAll(() => visitor.leave());

    it.each(sights)('$name', async (sight) => {
      expect(await lookAt(visitor, sight, addressOf(sight, found))).toEqual([]);
    });
  });

  it('for the operator of a new installation', async () => {
    const { site, setupToken } = await installForProduction();
    const operator = await Visitor.arrive(browser, site);
    const begin = async ({ page }: Visitor) => {
      await page.getByLabel('Set-up token').fill(setupToken);
      await page.getByRole('button', { name: 'Begin' }).click();
      await page.getByLabel('Your name').waitFor();
    };
    expect(await lookAt(operator, { name: 'setup' }, '/setup')).toEqual([]);
    expect(await lookAt(operator, { name: 'setup_administrator', open: begin }, '/setup')).toEqual([]);
    await operator.leave();
    await site.stop();
  });
});

/** What is wrong with it, in words. It is loaded once, and seen in every look: pages follow a change of look alive. */
async function lookAt(visitor: Visitor, sight: Omit<Sight, 'path'>, address: string): Promise<string[]> {
  const wrong: string[] = [];
  await visitor.turn({ scheme: 'light', width: 1440 });
  await visitor.open(address);
  await visitor.scroll();
  await sight.open?.(visitor);
  for (const look of onTablets(sight) ? [...LOOKS, TABLET] : LOOKS) {
    await visitor.turn(look);
    await visitor.settle();
    wrong.push(...(await visitor.accessibility()));
    if (PICTURES) await visitor.shoot(`${sight.name}-${look.scheme}-${look.width}`);
  }
  return [...wrong, ...visitor.complaints.splice(0)];
}

/** Ids for addresses; and a change, so that the audit log has one to show. */
async function findOut(staff: Visitor): Promise<Found> {
  const first = async (path: string, organization?: string) => {
    const [row] = (await staff.ask<Rows>('GET', path, undefined, organization)).data;
    if (row === undefined) throw new Error(`${path} holds nothing`);
    return row;
  };
  const acme = await first('/v1/organizations?q=acme&limit=1');
  const bank = await first('/v1/organizations?q=baobab&limit=1');
  await staff.ask('PATCH', `/v1/organizations/${bank.id}`, { version: bank.version, name: 'Baobab Bank Limited' });
  return {
    organization: bank.id,
    application: (await first('/v1/applications?limit=1', acme.id)).id,
    provider: (await first('/v1/providers?limit=1')).id,
    template: (await first('/v1/templates?limit=1', acme.id)).id,
    invitation: await invite(staff, (await first('/v1/organizations?built_in=true&limit=1')).id),
  };
}

async function accept({ page }: Visitor, invitation: string): Promise<void> {
  await page.goto(invitation);
  await page.getByLabel('Your name').fill('Robin Reader');
  await page.locator('input[type=password]').fill('violet trumpet gravel');
  await page.getByRole('button', { name: 'Accept and sign in' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/invite'));
}

/** The address in the mail that an invitation sends. */
async function invite(staff: Visitor, organization: string): Promise<string> {
  await staff.ask(
    'POST',
    '/v1/team/invitations',
    { email: 'guest@tollgate.example', roles: ['auditor'] },
    organization,
  );
  for (;;) {
    const { data } = await staff.ask<Rows>('GET', '/v1/messages?limit=20', undefined, organization);
    for (const { id } of data) {
      const preview = await staff.ask<{ text: string }>('GET', `/v1/messages/${id}/preview`, undefined, organization);
      const link = /\/invite\/[A-Za-z0-9_-]+/.exec(preview.text)?.[0];
      if (link !== undefined) return link;
    }
  }
}
