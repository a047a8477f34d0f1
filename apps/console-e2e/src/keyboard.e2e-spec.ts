import type { Browser } from 'playwright-core';
import { install, type Installation } from './installation';
import { openBrowser, Visitor } from './visitor';

/** More stops than any page has before its content. */
const MOST_STOPS = 80;

describe('the keyboard alone', () => {
  let installation: Installation;
  let browser: Browser;
  let admin: Visitor;
  beforeAll(async () => {
    installation = await install();
    browser = await openBrowser();
    admin = await Visitor.arrive(browser, installation);
    await admin.signIn(installation.credentials.admin);
  });
  afterAll(async () => {
    expect(admin.complaints).toEqual([]);
    await admin.leave();
    await browser.close();
    await installation.stop();
  });

  const press = (key: string) => admin.page.keyboard.press(key);
  const holdsFocus = async (selector: string) =>
    (await admin.page.locator(`${selector}:focus, ${selector} :focus`).count()) > 0;
  const focusedWords = async () => (await admin.page.locator(':focus').innerText()).trim();
  /** By Tab to the first stop inside this. */
  const tabTo = async (selector: string) => {
    for (let stops = 0; stops < MOST_STOPS; stops += 1) {
      await press('Tab');
      if (await holdsFocus(selector)) return;
    }
    throw new Error(`Tab does not lead to ${selector} on ${admin.page.url()}`);
  };
  const shown = (selector: string) => admin.page.locator(selector).first().waitFor();
  const gone = (selector: string) => admin.page.locator(selector).first().waitFor({ state: 'detached' });

  it('skips to the content first', async () => {
    await admin.open('/o/acme/api-keys');
    await press('Tab');
    expect(await holdsFocus('.skip')).toBe(true);
    await press('Enter');
    expect(await holdsFocus('main')).toBe(true);
  });

  it('goes from a list into a row, its sheet, and back to the row', async () => {
    await admin.open('/o/acme/team');
    await tabTo('tr[data-row="0"]');
    await press('Enter');
    await shown('.tg-sheet');
    await admin.settle();
    expect(await holdsFocus('.tg-sheet')).toBe(true);
    await press('Escape');
    await gone('.tg-sheet');
    expect(await holdsFocus('tr[data-row="0"]')).toBe(true);
  });

  it('opens a form from its button, and gives the focus back to it', async () => {
    await admin.open('/o/acme/team');
    await admin.page.getByRole('button', { name: 'Invite member' }).focus();
    await press('Enter');
    await shown('.tg-sheet');
    await tabTo('.tg-sheet input');
    await press('Escape');
    await gone('.tg-sheet');
    expect(await focusedWords()).toBe('Invite member');
  });

  it('asks before it revokes, with the focus on the way out, and gives it back', async () => {
    await admin.open('/o/acme/api-keys');
    await tabTo('tr[data-row="0"] .acts');
    await press('Enter');
    await shown('[role=menu]');
    for (let stops = 0; stops < 10 && !(await holdsFocus('[role=menuitem].tg-danger')); stops += 1) {
      await press('ArrowDown');
    }
    await press('Enter');
    await shown('mat-dialog-container');
    await gone('[role=menu]');
    expect(await focusedWords()).toBe('Cancel');
    await press('Escape');
    await gone('mat-dialog-container');
    expect(await holdsFocus('tr[data-row="0"] .acts')).toBe(true);
  });

  it('goes anywhere by the palette, to the heading of the page; Escape leaves everything as it was', async () => {
    await admin.open('/o/acme/team');
    await tabTo('tr[data-row="0"]');
    await press('Control+k');
    await shown('tg-palette input:focus');
    await press('Escape');
    await gone('tg-palette');
    expect(await holdsFocus('tr[data-row="0"]')).toBe(true);
    await press('Control+k');
    await shown('tg-palette input:focus');
    await admin.page.keyboard.type('operation prices');
    await press('Enter');
    await admin.page.waitForURL('**/o/acme/operation-prices');
    await admin.settle();
    await shown('main h1:focus');
  });
});
