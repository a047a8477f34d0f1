import { existsSync, mkdirSync } from 'node:fs';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core';
import type { Person, Site } from './installation';

const SHOTS = 'tmp/screenshots';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** WCAG 2.2 A and AA. The preview of a mail has a frame without script, which axe cannot enter. */
const AXE = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'] },
  resultTypes: ['violations'],
  iframes: false,
};
/** Asked in the page: after two frames, is something still on its way to the eye? The gallery shows what waits for ever. */
const BUSY = `(async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  return document.querySelector('[aria-busy=true]:not(tg-gallery *)') !== null;
})()`;
/** Asked in the page: down to its end and back, so that what waits to be seen (charts) is drawn. */
const SCROLL = `(async () => {
  for (let at = 0; at < document.documentElement.scrollHeight; at += innerHeight) {
    scrollTo(0, at);
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  }
  scrollTo(0, 0);
})()`;
/** Asked in the page: what stands out of the screen sideways? */
const TOO_WIDE = `(() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  const floating = [...document.querySelectorAll('.cdk-overlay-pane, .tg-sheet')].filter((one) => {
    const { left, right } = one.getBoundingClientRect();
    return left < -1 || right > innerWidth + 1;
  });
  return [
    ...(over > 1 ? ['the page is ' + over + ' px wider than the screen'] : []),
    ...floating.map((one) => one.className + ' stands out of the screen'),
  ];
})()`;
/** Only so that a page that never rests is told of: far above what any page takes. */
const REST_MS = 60_000;

export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['TEST_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) {
    throw new Error(
      `There is no Chromium at ${executablePath}: install Debian's package chromium, or set TEST_CHROMIUM`,
    );
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

export interface Look {
  readonly scheme: 'light' | 'dark';
  readonly width: number;
}

const sizeOf = ({ width }: Look) => ({ width, height: width < 600 ? 780 : 900 });

/** Somebody at a browser: what went wrong on any page is kept until it is asked for. */
export class Visitor {
  readonly complaints: string[] = [];
  private readonly underWay = new Set<Request>();
  private look = '';

  private constructor(
    site: Site,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      // A page that refuses says so with its status, which the browser repeats.
      const own = message.text().startsWith('Failed to load resource') && message.location().url === page.url();
      if (message.type() === 'error' && !own) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('request', (request) => {
      this.underWay.add(request);
      const url = new URL(request.url());
      const own = url.origin === new URL(site.url).origin || ['data:', 'blob:'].includes(url.protocol);
      if (!own) this.complaints.push(`${page.url()} asked ${url.origin}`);
    });
    page.on('requestfinished', (request) => this.underWay.delete(request));
    page.on('requestfailed', (request) => this.underWay.delete(request));
    page.on('response', (response) => {
      if (response.status() >= 500) this.complaints.push(`${response.status()} ${response.url()}`);
    });
  }

  static async arrive(browser: Browser, site: Site, look: Look = { scheme: 'light', width: 1440 }): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: site.url,
      viewport: sizeOf(look),
      colorScheme: look.scheme,
      reducedMotion: 'reduce',
    });
    return new Visitor(site, context, await context.newPage());
  }

  /** Signs in on the server's own page, as anybody does; with the code of an authenticator where there is one. */
  async signIn(person: Person, code?: () => string): Promise<void> {
    await this.page.goto('/sign-in');
    await this.page.getByLabel(/e-?mail/i).fill(person.email);
    await this.page.locator('input[type=password]').fill(person.password);
    await this.page.keyboard.press('Enter');
    if (code !== undefined) {
      await this.page.waitForURL('**/sign-in/code');
      await this.page.getByLabel('Six-digit code').fill(code());
      await this.page.keyboard.press('Enter');
    }
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }

  async signOut(): Promise<void> {
    await this.page.getByRole('button', { name: /^Account of/ }).click();
    await this.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await this.page.waitForURL((url) => url.pathname.startsWith('/sign-in'));
  }

  /** Opens a page of the console and waits until nothing is on its way. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settle();
  }

  /** Waits until the page stands: nothing is on its way, nothing is busy, nothing is left to draw. */
  async settle(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    const end = Date.now() + REST_MS;
    for (let calm = 0; calm < 2;) {
      // The document may go away under the question: then another one is coming.
      const busy = await this.page.evaluate<boolean>(BUSY).catch(() => true);
      calm = busy || this.underWay.size > 0 ? 0 : calm + 1;
      if (Date.now() > end) throw new Error(`${this.page.url()} does not come to rest`);
    }
  }

  /** Down the whole page and back. */
  async scroll(): Promise<void> {
    await this.page.evaluate(SCROLL);
    await this.settle();
  }

  /** To other eyes: another scheme of colours, another width; what is open follows without being loaded anew. */
  async turn(look: Look): Promise<void> {
    this.look = ` (${look.scheme}, ${look.width} px)`;
    await this.page.emulateMedia({ colorScheme: look.scheme, reducedMotion: 'reduce' });
    await this.page.setViewportSize(sizeOf(look));
  }

  /** Asks the API with the session of this visitor, in an organization when one is named. */
  async ask<T>(method: string, path: string, body?: unknown, organization?: string): Promise<T> {
    const request = {
      method,
      headers: {
        'content-type': 'application/json',
        ...(organization === undefined ? {} : { 'tollgate-organization': organization }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
    const answer = await this.page.evaluate<{ ok: boolean; text: string }>(
      `fetch(${JSON.stringify(path)}, ${JSON.stringify(request)})` +
        '.then(async (got) => ({ ok: got.ok, text: await got.text() }))',
    );
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.text}`);
    return JSON.parse(answer.text) as T;
  }

  /** Asks axe about the page as it is; what it finds is a complaint. */
  async inspect(): Promise<void> {
    this.complaints.push(...(await this.accessibility()));
  }

  /** What axe finds against WCAG 2.2 A and AA, in words; and whatever is wider than the screen. */
  async accessibility(): Promise<string[]> {
    if (!(await this.page.evaluate<boolean>(`'axe' in window`))) await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate<AxeResults>(`axe.run(${JSON.stringify(AXE)})`);
    const found = violations.flatMap((violation) =>
      violation.nodes
        .slice(0, 3)
        .map(
          (node) =>
            `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').at(-1)?.trim() ?? ''}`,
        ),
    );
    const wide = await this.page.evaluate<string[]>(TOO_WIDE);
    return [...found, ...wide].map((what) => `${this.page.url()}${this.look}: ${what}`);
  }

  async shoot(name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
