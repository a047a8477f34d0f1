import { existsSync, mkdirSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Installation, Person } from './installation';

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

/** Somebody at a browser: what went wrong on any page is kept until it is asked for. */
export class Visitor {
  readonly complaints: string[] = [];

  private constructor(
    private readonly installation: Installation,
    private readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on('request', (request) => {
      const url = new URL(request.url());
      const own = url.origin === new URL(installation.url).origin || ['data:', 'blob:'].includes(url.protocol);
      if (!own) this.complaints.push(`${page.url()} asked ${url.origin}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 500) this.complaints.push(`${response.status()} ${response.url()}`);
    });
  }

  static async arrive(
    browser: Browser,
    installation: Installation,
    look: Look = { scheme: 'light', width: 1440 },
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: installation.url,
      viewport: { width: look.width, height: look.width < 600 ? 780 : 900 },
      colorScheme: look.scheme,
      reducedMotion: 'reduce',
    });
    return new Visitor(installation, context, await context.newPage());
  }

  /** Signs in on the server's own page, as anybody does. */
  async signIn(person: Person): Promise<void> {
    await this.page.goto('/sign-in');
    await this.page.getByLabel(/e-?mail/i).fill(person.email);
    await this.page.locator('input[type=password]').fill(person.password);
    await this.page.keyboard.press('Enter');
    await this.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  }

  /** Opens a page of the console and waits until nothing is on its way. */
  async open(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settle();
  }

  async settle(): Promise<void> {
    await this.page.locator('main h1').first().waitFor();
    await this.page.waitForLoadState('networkidle');
    await this.page
      .locator('[aria-busy=true]')
      .first()
      .waitFor({ state: 'detached' })
      .catch(() => undefined);
  }

  /** What axe finds against WCAG 2.2 A and AA, in words. */
  async accessibility(): Promise<string[]> {
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze();
    return violations.flatMap((violation) =>
      violation.nodes
        .slice(0, 3)
        .map(
          (node) =>
            `${this.page.url()}: ${violation.id}: ${node.target.join(' ')}: ${node.failureSummary?.split('\n').at(-1)?.trim() ?? ''}`,
        ),
    );
  }

  async shoot(name: string): Promise<void> {
    mkdirSync(SHOTS, { recursive: true });
    await this.page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
  }

  leave(): Promise<void> {
    return this.context.close();
  }
}
