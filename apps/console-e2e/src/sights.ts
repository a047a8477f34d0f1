import type { Visitor } from './visitor';

/** What the demo holds, for addresses that name it: `/o/acme/applications/{application}`. */
export type Found = Readonly<Record<'organization' | 'application' | 'provider' | 'template' | 'invitation', string>>;

/** Something to look at: a page, and what is opened on it first. */
export interface Sight {
  readonly name: string;
  /** With the names of what has to be found in braces. */
  readonly path: string;
  readonly open?: (visitor: Visitor) => Promise<void>;
}

/** Those whose parts stand otherwise between a phone and a desk: also seen on a tablet. */
const ON_TABLETS = new Set([
  'o_acme_home',
  'o_acme_settings',
  'o_acme_test-lab',
  'o_acme_application_overview',
  'o_acme_verification',
  'platform_overview',
  'platform_organizations',
  'platform_limits',
  'platform_provider',
  'platform_navigation',
  'sign-in',
]);
export const onTablets = ({ name }: Pick<Sight, 'name'>): boolean => ON_TABLETS.has(name);

export const addressOf = ({ path }: Sight, found: Found): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: keyof Found) => found[name]);

/** Long lists by the shortest page: what is wrong with a row is wrong with each. */
const page = (path: string): Sight => ({ name: path.slice(1).replaceAll('/', '_'), path: `${path}?size=25` });

const opened = (name: string, path: string, open: (visitor: Visitor) => Promise<void>): Sight => ({ name, path, open });

/** The first row of the list, opened in its sheet. */
const firstRow = async ({ page: tab }: Visitor): Promise<void> => {
  await tab.locator('tr[data-row="0"] .open').first().click();
  await tab.locator('.tg-sheet').waitFor();
};

const press =
  (name: string | RegExp, shows = '.tg-sheet, mat-dialog-container') =>
  async ({ page: tab }: Visitor): Promise<void> => {
    await tab.getByRole('button', { name }).first().click();
    await tab.locator(shows).first().waitFor();
  };

const keys =
  (shortcut: string, shows: string) =>
  async ({ page: tab }: Visitor): Promise<void> => {
    await tab.keyboard.press(shortcut);
    await tab.locator(shows).first().waitFor();
  };

/** What the menu of the first row offers. */
const rowAct =
  (act: string) =>
  async ({ page: tab }: Visitor): Promise<void> => {
    await tab.locator('tr[data-row] .acts button:visible').first().click();
    await tab.getByRole('menuitem', { name: act }).click();
    await tab.locator('.tg-sheet, mat-dialog-container').first().waitFor();
  };

const ORGANIZATION = [
  'home',
  'verifications',
  'messages',
  'usage',
  'requests',
  'audit',
  'refusals',
  'applications',
  'applications/new',
  'api-keys',
  'templates',
  'test-lab',
  'quick-start',
  'credits',
  'operation-prices',
  'team',
  'team/invitations',
  'roles',
  'settings',
];
const PLATFORM = [
  'overview',
  'organizations',
  'organizations/new',
  'applications',
  'applications/new',
  'api-keys',
  'team',
  'team/invitations',
  'team/roles',
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
  'providers/new',
  'templates',
  'limits',
  'fraud-rules',
  'refusals',
  'health',
  'settings',
  'kit',
  'nothing-of-this-name',
];
const FINANCE = ['overview', 'credits', 'operation-prices', 'usage', 'organizations', 'exports'];
const ME = ['profile', 'security', 'sessions', 'preferences'];

/** What the admin of an organization sees. */
export const FOR_ADMIN: readonly Sight[] = [
  ...ORGANIZATION.map((path) => page(`/o/acme/${path}`)),
  ...['overview', 'settings', 'network', 'keys', 'test-numbers', 'danger'].map((tab) => ({
    name: `o_acme_application_${tab}`,
    path: `/o/acme/applications/{application}/${tab}`,
  })),
  { name: 'o_acme_template', path: '/o/acme/templates/{template}' },
  ...ME.map((path) => page(`/me/${path}`)),
  { name: 'sign-in_again', path: '/sign-in/again?return_to=/me/security' },
  { name: 'sign-out', path: '/sign-out' },
  opened('o_acme_api-keys_create', '/o/acme/api-keys', press('Create key')),
  opened('o_acme_api-keys_revoke', '/o/acme/api-keys', rowAct('Revoke')),
  opened('o_acme_team_member', '/o/acme/team', firstRow),
  opened('o_acme_team_invite', '/o/acme/team', press('Invite member')),
  opened('o_acme_verification', '/o/acme/verifications?size=25&f.status=approved', firstRow),
  opened('o_acme_verifications_filter', '/o/acme/verifications?size=25', press(/^Status/, '.cdk-overlay-pane')),
  opened(
    'o_acme_verifications_columns',
    '/o/acme/verifications?size=25',
    press('Choose columns', '.mat-mdc-menu-panel'),
  ),
  opened('o_acme_no-match', '/o/acme/verifications?f.country=FJ', async () => {}),
  opened('me_security_set-up', '/me/security', press('Set up authenticator', 'svg.qr')),
];

/** What the staff of the installation sees. */
export const FOR_STAFF: readonly Sight[] = [
  ...PLATFORM.map((path) => page(`/platform/${path}`)),
  ...FINANCE.map((path) => page(`/finance/${path}`)),
  ...['overview', 'people', 'applications', 'credits', 'activity', 'settings'].map((tab) => ({
    name: `platform_organization_${tab}`,
    path: `/platform/organizations/{organization}/${tab}`,
  })),
  { name: 'platform_application', path: '/platform/applications/{application}/overview' },
  { name: 'platform_provider', path: '/platform/providers/{provider}' },
  opened('platform_organization_suspend', '/platform/organizations/{organization}/settings', press(/^Suspend org/)),
  opened('platform_verification', '/platform/verifications?size=25', firstRow),
  opened('platform_message_sms', '/platform/messages?size=25&f.channel=sms', firstRow),
  opened('platform_message_mail', '/platform/messages?size=25&f.channel=email', firstRow),
  opened('platform_request', '/platform/requests?size=25', firstRow),
  opened('platform_audit_diff', '/platform/audit?size=25&f.action=organization.updated', firstRow),
  opened('platform_refusal', '/platform/refusals?size=25', firstRow),
  opened('platform_template_new', '/platform/templates', press('New template')),
  opened('platform_price_set', '/platform/operation-prices', press('Set a price')),
  opened('platform_usage_export', '/platform/usage?size=25', press(/^Export/, '.mat-mdc-menu-panel')),
  opened('platform_palette', '/platform/overview', keys('Control+k', 'tg-palette [role=option]')),
  // The drawer of narrow screens.
  opened('platform_navigation', '/platform/health', async (visitor) => {
    await visitor.turn({ scheme: 'light', width: 360 });
    await press('Menu', '.drawer')(visitor);
  }),
  opened('platform_keyboard', '/platform/health', keys('?', 'tg-keyboard-help')),
  opened('platform_places', '/platform/health', press(/^Where you are/, '.cdk-overlay-pane .found')),
  opened('platform_account', '/platform/health', press(/^Account of/, '.mat-mdc-menu-panel')),
  opened('o_acme_credits_grant', '/o/acme/credits', press('Grant or adjust')),
];

/** What somebody sees who may change nothing: the same pages with their controls off. */
export const FOR_AUDITORS: readonly Sight[] = [
  ...['organizations', 'team', 'providers', 'limits', 'fraud-rules', 'settings'].map((path) => ({
    name: `auditor_${path}`,
    path: `/platform/${path}`,
  })),
  { name: 'auditor_provider', path: '/platform/providers/{provider}' },
  { name: 'auditor_application_settings', path: '/platform/applications/{application}/settings' },
  { name: 'auditor_application_danger', path: '/platform/applications/{application}/danger' },
];

/** What somebody sees who is not signed in. */
export const FOR_GUESTS: readonly Sight[] = [
  { name: 'sign-in', path: '/sign-in' },
  opened('sign-in_refused', '/sign-in', async ({ page: tab }) => {
    await tab.getByLabel(/e-?mail/i).fill('nobody@acme.example');
    await tab.locator('input[type=password]').fill('not the password');
    await tab.keyboard.press('Enter');
    await tab.locator('[role=alert], .notice').first().waitFor();
  }),
  { name: 'forgot', path: '/forgot' },
  { name: 'reset_closed', path: '/reset/such-a-link-was-never-sent' },
  { name: 'invite', path: '{invitation}' },
  { name: 'invite_closed', path: '/invite/such-a-link-was-never-sent' },
];
