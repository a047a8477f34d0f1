import type { Browser } from 'playwright-core';
import { install, type Installation } from './installation';
import { openBrowser, Visitor, type Look } from './visitor';

const ORGANIZATION = [
  'home',
  'verifications',
  'messages',
  'usage',
  'requests',
  'audit',
  'refusals',
  'applications',
  'api-keys',
  'templates',
  'test-lab',
  'quick-start',
  'credits',
  'operation-prices',
  'team',
  'roles',
  'settings',
].map((page) => `/o/acme/${page}`);
const PLATFORM = [
  'overview',
  'organizations',
  'applications',
  'api-keys',
  'team',
  'super-admins',
  'verifications',
  'messages',
  'usage',
  'requests',
  'audit',
  'exports',
  'credits',
  'operation-prices',
  'providers',
  'templates',
  'limits',
  'fraud-rules',
  'refusals',
  'health',
  'settings',
  'kit',
].map((page) => `/platform/${page}`);
const FINANCE = ['overview', 'credits', 'operation-prices', 'usage', 'organizations', 'exports'].map(
  (page) => `/finance/${page}`,
);
const ME = ['profile', 'security', 'sessions', 'preferences'].map((page) => `/me/${page}`);

const LOOKS: readonly Look[] = [
  { scheme: 'light', width: 1440 },
  { scheme: 'dark', width: 1440 },
  { scheme: 'light', width: 360 },
  { scheme: 'dark', width: 360 },
];

describe('every page', () => {
  let installation: Installation;
  let browser: Browser;
  beforeAll(async () => {
    installation = await install(4);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await installation.stop();
  });

  describe.each(LOOKS)('in $scheme at $width px', (look) => {
    it.each([
      ['an organization', 'admin', [...ORGANIZATION, ...ME]],
      ['the installation', 'super_admin', [...PLATFORM, ...FINANCE]],
    ] as const)('opens for staff of %s with nothing for axe to find and no complaint', async (_, who, pages) => {
      const visitor = await Visitor.arrive(browser, installation, look);
      await visitor.signIn(installation.credentials[who]);
      const found: string[] = [];
      for (const page of pages) {
        await visitor.open(page);
        found.push(...(await visitor.accessibility()));
        const overflow = await visitor.page.evaluate('document.documentElement.scrollWidth - innerWidth');
        if (Number(overflow) > 1) found.push(`${page} is ${String(overflow)} px wider than the screen`);
        await visitor.shoot(`${page.replaceAll('/', '_').slice(1)}-${look.scheme}-${look.width}`);
      }
      expect([...found, ...visitor.complaints]).toEqual([]);
      await visitor.leave();
    });
  });
});
