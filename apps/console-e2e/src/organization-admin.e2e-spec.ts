import speakeasy from 'speakeasy';
import type { Browser } from 'playwright-core';
import { install, type Installation } from './installation';
import { callWithKey, makeLiveKey } from './live-key';
import { openBrowser, Visitor } from './visitor';

const RITA = { email: 'rita@acme.example', password: 'violet trumpet gravel' };
const STEP_S = 30;

describe('an organization admin who is invited', () => {
  let installation: Installation;
  let browser: Browser;
  let invitation: string;
  let secret: string;
  beforeAll(async () => {
    installation = await install();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await installation.stop();
  });

  /** A code is taken once, and lasts long: the next one of an authenticator is taken a step early, too. */
  const codeOf = (stepsAhead: 0 | 1): string =>
    speakeasy.totp({ secret, encoding: 'base32', time: Math.floor(Date.now() / 1000) + stepsAhead * STEP_S });

  it('gets a mail with a link, which the super admin who invites sees in the outbox', async () => {
    const staff = await Visitor.arrive(browser, installation);
    const { page } = staff;
    await staff.signIn(installation.credentials.super_admin);
    await staff.open('/o/acme/team');
    await page.getByRole('button', { name: 'Invite member' }).click();
    await page.getByLabel('E-mail', { exact: true }).fill(RITA.email);
    await page.getByRole('checkbox', { name: /^Admin/ }).check();
    await staff.inspect();
    await page.getByRole('button', { name: 'Send invitation' }).click();
    await page.getByText(`${RITA.email} is invited`).waitFor();

    const mail = page.getByRole('row', { name: /invitation.*Delivered/ });
    do await staff.open('/o/acme/messages');
    while ((await mail.count()) === 0);
    await mail.first().click();
    const text = page.frameLocator('tg-mail-frame iframe').getByText('/invite/');
    invitation = /https?:\S+\/invite\/[A-Za-z0-9_-]+/.exec(await text.first().innerText())?.[0] ?? '';
    expect(invitation).toContain(`${installation.url}/invite/`);
    await staff.inspect();
    const alone = await page.request.get(`/v1/messages/${new URL(page.url()).searchParams.get('open')}/mail`);
    expect(alone.headers()['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'self'; sandbox$/);
    await staff.leave();
    expect(staff.complaints).toEqual([]);
  });

  it('accepts on the page of the link, which works once, and protects the sign-in with an authenticator', async () => {
    const rita = await Visitor.arrive(browser, installation);
    const { page } = rita;
    await page.goto(invitation);
    await page.getByRole('heading', { level: 1, name: 'Join Acme' }).waitFor();
    await rita.inspect();
    await page.getByLabel('Your name').fill('Rita Register');
    await page.locator('input[type=password]').fill(RITA.password);
    await page.getByRole('button', { name: 'Accept and sign in' }).click();
    await page.waitForURL('**/o/acme/home');
    await rita.settle();
    await rita.inspect();
    const again = await fetch(invitation);
    expect(again.ok).toBe(false);
    expect(await again.text()).toContain('This invitation is closed');

    await rita.open('/me/security');
    await page.getByRole('button', { name: 'Set up authenticator' }).click();
    const sheet = page.getByRole('complementary', { name: 'Set up authenticator' });
    await sheet.getByRole('img', { name: /^QR code/ }).waitFor();
    secret = (await sheet.locator('code').innerText()).replaceAll(/\s/g, '');
    await rita.inspect();
    await sheet.getByLabel('Code that the app shows').fill(codeOf(0));
    await sheet.getByRole('button', { name: 'Activate authenticator' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your recovery keys' });
    await dialog.waitFor();
    expect(await dialog.locator('code').count()).toBe(10);
    await rita.inspect();
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Your sign-in now asks for a code').waitFor();
    await rita.signOut();
    await rita.leave();
    expect(rita.complaints).toEqual([]);
  });

  it('signs in with both, and makes a live key that works and is never shown again', async () => {
    const rita = await Visitor.arrive(browser, installation);
    const { page } = rita;
    await rita.signIn(RITA, () => codeOf(1));
    await rita.open('/o/acme/applications');
    await page.getByRole('link', { name: 'Demo application' }).click();
    await rita.settle();
    await rita.inspect();
    await page
      .getByRole('tab', { name: 'Keys' })
      .or(page.getByRole('link', { name: 'Keys', exact: true }))
      .click();
    await page.getByRole('button', { name: 'Create key' }).click();
    const key = await makeLiveKey(rita, 'Checkout server');
    expect(key).toMatch(/^tg_live_/);
    await page.getByRole('row', { name: /Checkout server/ }).waitFor();
    await rita.inspect();

    const started = await callWithKey(installation, key, 'POST', '/v1/verifications', { to: '+27821234567' });
    expect(started).toMatchObject({ status: 201, body: { test: false, status: 'pending', channel: 'sms' } });

    const seen = [await page.content()];
    const answers: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/v1/')) answers.push(response.text().catch(() => ''));
    });
    for (const path of [page.url(), '/o/acme/api-keys', '/o/acme/verifications']) {
      await rita.open(path);
      seen.push(await page.content(), ...(await Promise.all(answers)));
    }
    await page.getByRole('row', { name: /Pending/ }).waitFor();
    seen.push(await page.evaluate('JSON.stringify([localStorage, sessionStorage])'));
    expect(seen.filter((text) => text.includes('Checkout server')).length).toBeGreaterThan(0);
    expect(seen.filter((text) => text.includes(key))).toEqual([]);
    await rita.leave();
    expect(rita.complaints).toEqual([]);
  });
});
