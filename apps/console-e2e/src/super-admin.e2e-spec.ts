import type { Browser } from 'playwright-core';
import { installForProduction, type Site } from './installation';
import { callWithKey, makeLiveKey } from './live-key';
import { Mailbox } from './mailbox';
import { openBrowser, Visitor } from './visitor';

const SAM = { name: 'Sam Operator', email: 'sam@harbour.example', password: 'violet trumpet gravel' };
const OWNER = 'olga@harbour.example';
const CUSTOMER = 'ann@customer.example';

describe('the operator of a new installation in production', () => {
  let site: Site;
  let setupToken: string;
  let mailbox: Mailbox;
  let browser: Browser;
  beforeAll(async () => {
    mailbox = await Mailbox.open();
    ({ site, setupToken } = await installForProduction());
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await site.stop();
    await mailbox.close();
  });

  /** The page with this heading, once axe has seen it. */
  async function step(sam: Visitor, heading: string): Promise<void> {
    await sam.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await sam.inspect();
  }

  async function becomeAdministrator(sam: Visitor): Promise<void> {
    const { page } = sam;
    await page.goto('/setup');
    await step(sam, 'Welcome to Tollgate');
    await page.getByLabel('Set-up token').fill(setupToken);
    await page.getByRole('button', { name: 'Begin' }).click();
    await step(sam, 'Who runs this installation?');
    await page.getByLabel('Your name').fill(SAM.name);
    await page.getByLabel('E-mail address').fill(SAM.email);
    await page.locator('input[type=password]').fill(SAM.password);
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await step(sam, 'Check the public address');
    expect(await page.getByRole('main').innerText()).toContain(site.url);
    await page.getByRole('button', { name: 'The address is right' }).click();
  }

  async function setUpMail(sam: Visitor): Promise<void> {
    const { page } = sam;
    await step(sam, 'How are messages delivered?');
    await page.getByRole('link', { name: /Mail server/ }).click();
    await page.getByLabel('Server', { exact: true }).fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(mailbox.port));
    await page.getByLabel('Mails come from').fill('no-reply@harbour.example');
    await page.getByLabel('Send a test mail to').fill(SAM.email);
    await sam.inspect();
    await page.getByRole('button', { name: 'Set up and send the test' }).click();
    await step(sam, 'Mail server (SMTP) delivers');
    await mailbox.find(SAM.email, /\S/);
    await page.getByRole('link', { name: 'Continue' }).click();
  }

  async function makeOrganization(sam: Visitor): Promise<void> {
    const { page } = sam;
    await step(sam, 'Create the first organization');
    await page.getByLabel('Organization', { exact: true }).fill('Harbour Bank');
    await page.getByLabel(/^E-mail address of its owner/).fill(OWNER);
    await page.getByLabel('First application').fill('Web bank');
    await page.getByRole('radio', { name: /^From any address/ }).check();
    await page.getByRole('button', { name: 'Create organization and keys' }).click();
    await step(sam, 'Keep these keys now');
    expect(await page.locator('code.secret').allInnerTexts()).toEqual([
      expect.stringMatching(/^tg_test_/),
      expect.stringMatching(/^tg_live_/),
    ]);
    await mailbox.find(OWNER, new RegExp(`${site.url}/invite/\\S+`));
    await page.getByRole('link', { name: 'Continue' }).click();
    await step(sam, 'Everything is ready');
    await page.getByRole('button', { name: 'Finish and open the console' }).click();
    await page.waitForURL('**/platform/overview');
    await sam.settle();
    await sam.inspect();
  }

  /** To another page by the navigation. */
  async function follow(sam: Visitor, label: string): Promise<void> {
    await sam.page.getByRole('navigation').getByRole('link', { name: label, exact: true }).click();
    await sam.page.getByRole('heading', { level: 1, name: label }).waitFor();
    await sam.settle();
    await sam.inspect();
  }

  it('walks the set-up, which then is closed for good', async () => {
    const sam = await Visitor.arrive(browser, site);
    await becomeAdministrator(sam);
    await setUpMail(sam);
    await makeOrganization(sam);
    await sam.signOut();
    await sam.inspect();
    await sam.leave();
    expect(sam.complaints).toEqual([]);
    for (const path of ['/setup', '/setup/administrator', '/setup/organization', '/setup/finish']) {
      const answer = await fetch(site.url + path);
      expect([path, answer.status]).toEqual([path, 410]);
      expect(await answer.text()).toContain('Set-up is done');
    }
  });

  it('signs in, grants credits, makes a live key, and reads the story of the first verification', async () => {
    const sam = await Visitor.arrive(browser, site);
    const { page } = sam;
    await sam.signIn(SAM);

    await page.getByRole('button', { name: /^Where you are/ }).click();
    await page.getByRole('dialog', { name: 'Switch scope' }).getByRole('button', { name: 'Harbour Bank' }).click();
    await follow(sam, 'Credits');
    await page.getByRole('button', { name: 'Grant or adjust' }).click();
    await page.getByLabel('Amount').fill('100');
    await page.getByLabel('Reason').fill('To begin with');
    await sam.inspect();
    await page.getByRole('button', { name: 'Grant credits' }).click();
    await page.getByText('the balance is 100').waitFor();

    await follow(sam, 'API keys');
    await page.getByRole('button', { name: 'Create key' }).first().click();
    await page.getByRole('combobox', { name: 'Application' }).click();
    await page.getByRole('option', { name: /Web bank/ }).click();
    const key = await makeLiveKey(sam, 'Bank server');
    await page.getByRole('row', { name: /Bank server/ }).waitFor();

    const started = await callWithKey(site, key, 'POST', '/v1/verifications', { to: CUSTOMER, channel: 'email' });
    expect(started).toMatchObject({ status: 201, body: { test: false, status: 'pending' } });
    const id = String(started.body['id']);
    const [code] = await mailbox.find(CUSTOMER, /\b\d{6}\b/);
    const checked = await callWithKey(site, key, 'POST', `/v1/verifications/${id}/check`, { code });
    expect(checked).toMatchObject({ status: 200, body: { valid: true, status: 'approved' } });

    await follow(sam, 'Verifications');
    await page.getByRole('row', { name: /Approved/ }).click();
    const sheet = page.getByRole('complementary', { name: 'Verification' });
    await sheet.getByText('Ended: approved').waitFor();
    const story = await sheet.innerText();
    expect(page.url()).toContain(`open=${id}`);
    for (const words of ['Requested', 'Message queued: e-mail', 'Tried smtp', 'Charged:', 'Right code']) {
      expect(story).toContain(words);
    }
    await sam.inspect();
    await sam.leave();
    expect(sam.complaints).toEqual([]);
    expect(site.output()).not.toContain(key);
  });
});
