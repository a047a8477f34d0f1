import { mkdirSync, writeFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { install, type Installation } from './installation';
import { callWithKey } from './live-key';
import { openBrowser, Visitor, type Look } from './visitor';

const FOLDER = 'docs/screenshots';
/** Bytes; the pictures are in the repository, and whoever opens the README loads all of them. */
const MOST = 80_000;

interface Picture extends Look {
  readonly name: string;
  readonly who: 'admin' | 'super_admin';
  readonly path: string;
  readonly height: number;
  /** Pixels of the picture for each of the page. */
  readonly sharpness: number;
  /** What somebody does there before the picture is taken. */
  readonly act?: (visitor: Visitor, installation: Installation) => Promise<void>;
}

const WIDE = { width: 1440, height: 960, sharpness: 1280 / 1440 } as const;
const PHONE = { width: 360, height: 720, sharpness: 1.5 } as const;

const dismissFirstSteps = ({ page }: Visitor) => page.getByRole('button', { name: /^Dismiss/ }).click();
/** More room for what the picture is about. */
const foldNavigation = ({ page }: Visitor) => page.getByRole('button', { name: 'Menu' }).click();

interface Told {
  readonly id: string;
  readonly channel: string;
  readonly checks_remaining: number;
}

/** One that was mistyped once: its story has the most to tell. */
async function openMistyped(visitor: Visitor): Promise<void> {
  const { data } = await visitor.ask<{ data: Told[] }>('GET', '/v1/verifications?status=approved&limit=100');
  const chosen = data.find((one) => one.channel === 'sms' && one.checks_remaining === 3);
  if (chosen === undefined) throw new Error('nobody mistyped a code');
  await visitor.open(`/o/acme/verifications?open=${chosen.id}`);
}

/** A message of this minute: its code is still readable in the outbox. */
async function openNewest(visitor: Visitor, installation: Installation): Promise<void> {
  const { page } = visitor;
  await callWithKey(installation, installation.credentials.live_key, 'POST', '/v1/verifications', {
    to: '+27821234567',
  });
  do {
    await visitor.open('/o/acme/messages?cols=date,type,template,to,status,provider');
    await page.getByRole('table').getByRole('row').nth(1).click();
    await visitor.settle();
  } while ((await page.getByText('You see a live code').count()) === 0);
}

async function previewChange({ page }: Visitor): Promise<void> {
  const rule = page.getByRole('region', { name: 'Unverified country day' });
  await rule.getByLabel('Mode').selectOption('enforce');
  for (const label of ['Always allowed', '× best day', '× verified lately', 'In flight']) {
    await rule.getByLabel(label).fill(label === '× verified lately' ? '0.05' : '1');
  }
  await page.getByRole('button', { name: /^Preview/ }).click();
  await page.locator('tg-change-preview').waitFor();
  await page.evaluate('scrollTo(0, 0)');
}

const PICTURES: readonly Picture[] = [
  {
    ...WIDE,
    name: 'organization-home',
    who: 'admin',
    path: '/o/acme/home?range=7d',
    scheme: 'light',
    act: dismissFirstSteps,
  },
  { ...WIDE, name: 'platform-overview', who: 'super_admin', path: '/platform/overview?range=7d', scheme: 'dark' },
  {
    ...WIDE,
    name: 'verification-story',
    who: 'admin',
    path: '/o/acme/verifications',
    scheme: 'light',
    act: async (visitor) => {
      await openMistyped(visitor);
      await foldNavigation(visitor);
    },
  },
  { ...WIDE, name: 'credits', who: 'admin', path: '/o/acme/credits', scheme: 'light' },
  {
    ...WIDE,
    name: 'outbox',
    who: 'admin',
    path: '/o/acme/messages',
    scheme: 'dark',
    act: async (visitor, installation) => {
      await openNewest(visitor, installation);
      await foldNavigation(visitor);
    },
  },
  {
    ...WIDE,
    name: 'fraud-guard',
    who: 'super_admin',
    path: '/platform/fraud-rules',
    scheme: 'light',
    act: previewChange,
  },
  {
    ...PHONE,
    name: 'home-on-a-phone',
    who: 'admin',
    path: '/o/acme/home?range=7d',
    scheme: 'light',
    act: dismissFirstSteps,
  },
  {
    ...PHONE,
    name: 'story-on-a-phone',
    who: 'admin',
    path: '/o/acme/verifications',
    scheme: 'dark',
    act: openMistyped,
  },
];

/** WebP by the browser's own encoder. */
async function webp(page: Page, { width, height, sharpness }: Picture): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const top = await page.evaluate<number>('scrollY');
  for (const quality of [82, 74, 66, 58, 50]) {
    const { data } = await session.send('Page.captureScreenshot', {
      format: 'webp',
      quality,
      clip: { x: 0, y: top, width, height, scale: sharpness },
    });
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length <= MOST) return bytes;
  }
  throw new Error('it does not fit, even blurred');
}

describe('the pictures of the documentation', () => {
  let installation: Installation;
  let browser: Browser;
  beforeAll(async () => {
    installation = await install(30);
    browser = await openBrowser();
    mkdirSync(FOLDER, { recursive: true });
  });
  afterAll(async () => {
    await browser.close();
    await installation.stop();
  });

  it.each(PICTURES)('$name', async (picture) => {
    const visitor = await Visitor.arrive(browser, installation, picture);
    await visitor.page.setViewportSize(picture);
    await visitor.signIn(installation.credentials[picture.who]);
    await visitor.open(picture.path);
    await picture.act?.(visitor, installation);
    await visitor.settle();
    await visitor.page.mouse.move(0, 0);
    writeFileSync(`${FOLDER}/${picture.name}.webp`, await webp(visitor.page, picture));
    expect(visitor.complaints).toEqual([]);
    await visitor.leave();
  });
});
