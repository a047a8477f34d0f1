import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { install, type Installation, type Person } from './installation';
import { openBrowser, Visitor } from './visitor';

const PASSWORD = 'violet trumpet gravel';
/** The built-in organization of the installation's staff. */
const PLATFORM = 'org_00000000000000000000000000';

describe('journeys', () => {
  let installation: Installation;
  let browser: Browser;
  beforeAll(async () => {
    installation = await install();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await installation.stop();
  });

  /** Invited by the super admin with this role, joined through the link of the mail in the outbox. */
  async function join(role: string, email: string): Promise<Person> {
    const staff = await Visitor.arrive(browser, installation);
    await staff.signIn(installation.credentials.super_admin);
    const call = (method: string, path: string, body?: unknown) =>
      staff.page.evaluate(
        async ([verb, url, payload, organization]) => {
          const answer = await fetch(url ?? '', {
            method: verb ?? 'GET',
            headers: { 'content-type': 'application/json', 'tollgate-organization': organization ?? '' },
            ...(payload === undefined ? {} : { body: payload }),
          });
          return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
        },
        [method, path, body === undefined ? undefined : JSON.stringify(body), PLATFORM] as const,
      );
    const invited = await call('POST', '/v1/team/invitations', { email, roles: [role] });
    expect(invited.status).toBe(201);
    let link: string | undefined;
    while (link === undefined) {
      const { body } = await call('GET', '/v1/messages?limit=5');
      for (const { id } of body['data'] as { id: string }[]) {
        const preview = await call('GET', `/v1/messages/${id}/preview`);
        link ??= /\/invite\/[A-Za-z0-9_-]+/.exec(String(preview.body['text']))?.[0];
      }
    }
    await staff.leave();
    const guest = await Visitor.arrive(browser, installation);
    await guest.page.goto(link);
    await guest.page.getByLabel(/name/i).first().fill('Robin Joined');
    for (const field of await guest.page.locator('input[type=password]').all()) await field.fill(PASSWORD);
    await guest.page.keyboard.press('Enter');
    await guest.page.waitForURL((url) => !url.pathname.startsWith('/invite'));
    await guest.leave();
    return { email, password: PASSWORD };
  }

  it('an organization admin verifies a test number in the test lab and finds its story', async () => {
    const admin = await Visitor.arrive(browser, installation);
    await admin.signIn(installation.credentials.admin);
    await admin.open('/o/acme/test-lab');
    const { page } = admin;
    await page.getByLabel('API key').fill(installation.credentials.test_key);
    await page.getByRole('button', { name: 'Start verification' }).click();
    await page.getByRole('button', { name: 'Read the test inbox' }).click();
    await page.getByRole('button', { name: 'Check code' }).click();
    await page.getByText('It is them: the code was right.').waitFor();
    expect(await page.content()).not.toContain(installation.credentials.test_key);
    await admin.open('/o/acme/quick-start');
    await page.getByText('Verified: we have seen a verification of yours').waitFor();
    expect(admin.complaints).toEqual([]);
    await admin.leave();
  });

  it('finance goes from the overview to an exported file', async () => {
    const finance = await Visitor.arrive(browser, installation);
    await finance.signIn(await join('finance', 'finance@tollgate.example'));
    await finance.open('/finance/overview');
    await finance.open('/finance/usage');
    const { page } = finance;
    await page
      .getByRole('button', { name: /export/i })
      .first()
      .click();
    await page.getByRole('menuitem', { name: /csv/i }).click();
    const link = page.locator('a[href*="/v1/exports/"]').first();
    await link.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(await readFile(await download.path(), 'utf8')).toContain(
      'When,Organization,App ID,Action,Channel,Result,Requests',
    );
    expect(finance.complaints).toEqual([]);
    await finance.leave();
  });

  it('an auditor reads everything, verifies the chain and can change nothing', async () => {
    const auditor = await Visitor.arrive(browser, installation);
    await auditor.signIn(await join('auditor', 'auditor@tollgate.example'));
    const { page } = auditor;
    const unsafe: string[] = [];
    page.on('request', (request) => {
      if (!['GET', 'HEAD'].includes(request.method()))
        unsafe.push(`${request.method()} ${new URL(request.url()).pathname}`);
    });
    await auditor.open('/platform/audit');
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('The chain holds').waitFor();
    for (const path of ['limits', 'fraud-rules', 'providers', 'settings', 'organizations', 'applications']) {
      await auditor.open(`/platform/${path}`);
    }
    await auditor.open('/platform/limits');
    expect(await page.locator('input:enabled[type=number]').count()).toBe(0);
    expect(unsafe).toEqual(['POST /v1/audit/verify']);
    expect(auditor.complaints).toEqual([]);
    await auditor.leave();
  });

  it('a super admin sees a broken provider, learns why, and disables it', async () => {
    const staff = await Visitor.arrive(browser, installation);
    await staff.signIn(installation.credentials.super_admin);
    const { page } = staff;
    await staff.open('/platform/providers/new');
    await page.getByLabel('Kind').selectOption('smtp');
    await page.getByLabel('Name', { exact: true }).fill('Broken mail');
    await page.getByLabel('Host').fill('127.0.0.1');
    await page.getByLabel('From', { exact: true }).fill('no-reply@example.com');
    await page.getByRole('button', { name: 'Add provider' }).click();
    await page.getByRole('heading', { name: 'Send test' }).waitFor();
    await page.getByLabel('Mailbox').fill('ada@example.com');
    await page.getByRole('button', { name: 'Send it' }).click();
    await page.locator('tg-provider-test tg-banner').waitFor();
    expect(await page.locator('tg-provider-test tg-banner').textContent()).not.toContain('accepted');
    await staff.open('/platform/providers');
    const card = page.getByRole('article', { name: 'Broken mail' });
    await card.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Disable provider' }).click();
    await card.getByText('Disabled').waitFor();
    await staff.leave();
  });
});
