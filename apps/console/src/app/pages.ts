import type { ScopeName } from '@tollgate/console/platform';
import type { IconName } from '@tollgate/console/ui';
import type { Permission } from '@tollgate/contracts';

/**
 * One page of the console: its place in the address, the navigation, the palette and the role matrix. The route itself
 * has the same `path` in the `…Routes` of its area; `applications` also covers `applications/:id`.
 */
export interface PageEntry {
  readonly scope: ScopeName;
  readonly path: string;
  readonly label: string;
  readonly icon: IconName;
  /** Heading in the navigation; '' stands at the top without one. */
  readonly group: string;
  /** Who may see it; without one, everybody who may enter the scope. */
  readonly permission?: Permission;
  /** More words that find it in the palette. */
  readonly words?: string;
  /** In the palette and by address, not in the navigation. */
  readonly unlisted?: boolean;
}

type Short = Omit<PageEntry, 'scope' | 'group'>;

const group = (scope: ScopeName, name: string, pages: readonly Short[]): PageEntry[] =>
  pages.map((page) => ({ scope, group: name, ...page }));

/** Every page, in the order of the navigation. Entries whose area has no route yet are left out of it by themselves. */
export const PAGES: readonly PageEntry[] = [
  // One organization: /o/:org
  ...group('organization', '', [
    { path: 'home', label: 'Home', icon: 'home', words: 'overview dashboard metrics checklist' },
  ]),
  ...group('organization', 'Activity', [
    {
      path: 'verifications',
      label: 'Verifications',
      icon: 'verified',
      permission: 'verifications:read',
      words: 'otp codes',
    },
    { path: 'messages', label: 'Messages', icon: 'chat', permission: 'messages:read', words: 'sms email inbox outbox' },
    { path: 'usage', label: 'Usage log', icon: 'query_stats', permission: 'usage:read', words: 'activity' },
    { path: 'requests', label: 'Request log', icon: 'http', permission: 'requests:read', words: 'api calls' },
    { path: 'audit', label: 'Audit log', icon: 'history', permission: 'audit:read', words: 'changes trail' },
    {
      path: 'refusals',
      label: 'Why refused',
      icon: 'gpp_maybe',
      permission: 'refusals:read',
      words: 'blocked fraud limit',
    },
  ]),
  ...group('organization', 'Applications', [
    {
      path: 'applications',
      label: 'Applications',
      icon: 'apps',
      permission: 'applications:read',
      words: 'clients sites',
    },
    { path: 'api-keys', label: 'API keys', icon: 'key', permission: 'keys:read', words: 'tokens secrets' },
    { path: 'templates', label: 'Templates', icon: 'article', permission: 'templates:read', words: 'text wording' },
    {
      path: 'test-lab',
      label: 'Test lab',
      icon: 'experiment',
      permission: 'applications:read',
      words: 'try verification',
    },
    {
      path: 'quick-start',
      label: 'Quick start',
      icon: 'rocket_launch',
      permission: 'applications:read',
      words: 'guide snippets',
    },
  ]),
  ...group('organization', 'Billing', [
    { path: 'credits', label: 'Credits', icon: 'toll', permission: 'credits:read', words: 'balance history ledger' },
    {
      path: 'operation-prices',
      label: 'Operation prices',
      icon: 'sell',
      permission: 'operation_prices:read',
      words: 'cost',
    },
  ]),
  ...group('organization', 'Organization', [
    { path: 'team', label: 'Team', icon: 'group', permission: 'team:read', words: 'members users invite' },
    { path: 'roles', label: 'Roles', icon: 'shield_person', permission: 'team:read', words: 'permissions' },
    {
      path: 'settings',
      label: 'Settings',
      icon: 'settings',
      permission: 'organizations:read',
      words: 'general time zone',
    },
  ]),

  // Finance
  ...group('finance', '', [
    { path: 'overview', label: 'Overview', icon: 'monitoring', permission: 'credit_entries:read', words: 'dashboard' },
    {
      path: 'credits',
      label: 'Credit ledger',
      icon: 'receipt_long',
      permission: 'credit_entries:read',
      words: 'history',
    },
    { path: 'operation-prices', label: 'Operation prices', icon: 'sell', permission: 'operation_prices:read' },
    { path: 'usage', label: 'Usage log', icon: 'query_stats', permission: 'usage:read' },
    { path: 'organizations', label: 'Organizations', icon: 'domain', permission: 'organizations:read' },
    { path: 'exports', label: 'Exports', icon: 'download', permission: 'exports:create', words: 'csv xlsx files' },
  ]),

  // The whole installation
  ...group('platform', '', [
    {
      path: 'overview',
      label: 'Overview',
      icon: 'dashboard',
      permission: 'metrics:read',
      words: 'dashboard metrics home',
    },
  ]),
  ...group('platform', 'Organizations', [
    {
      path: 'organizations',
      label: 'Organizations',
      icon: 'domain',
      permission: 'organizations:read',
      words: 'tenants',
    },
    {
      path: 'applications',
      label: 'Applications',
      icon: 'apps',
      permission: 'applications:read',
      words: 'clients sites',
    },
    { path: 'api-keys', label: 'API keys', icon: 'key', permission: 'keys:read' },
    { path: 'team', label: 'Staff', icon: 'group', permission: 'team:read', words: 'team users invite' },
    { path: 'super-admins', label: 'Super admins', icon: 'admin_panel_settings', permission: 'team:read' },
  ]),
  ...group('platform', 'Activity', [
    {
      path: 'verifications',
      label: 'Verifications',
      icon: 'verified',
      permission: 'verifications:read',
      words: 'otp codes',
    },
    { path: 'messages', label: 'Messages', icon: 'chat', permission: 'messages:read', words: 'sms email inbox outbox' },
    { path: 'usage', label: 'Usage log', icon: 'query_stats', permission: 'usage:read', words: 'activity' },
    { path: 'requests', label: 'Request log', icon: 'http', permission: 'requests:read', words: 'api calls' },
    { path: 'audit', label: 'Audit log', icon: 'history', permission: 'audit:read', words: 'changes trail' },
    {
      path: 'exports',
      label: 'Exports',
      icon: 'download',
      permission: 'exports:create',
      words: 'csv xlsx',
      unlisted: true,
    },
  ]),
  ...group('platform', 'Commerce', [
    { path: 'credits', label: 'Credits', icon: 'toll', permission: 'credit_entries:read', words: 'ledger grants' },
    {
      path: 'operation-prices',
      label: 'Operation prices',
      icon: 'sell',
      permission: 'operation_prices:read',
      words: 'cost',
    },
  ]),
  ...group('platform', 'Delivery and safety', [
    {
      path: 'providers',
      label: 'Delivery providers',
      icon: 'route',
      permission: 'providers:read',
      words: 'twilio sendgrid smtp',
    },
    { path: 'templates', label: 'Templates', icon: 'article', permission: 'templates:read' },
    { path: 'limits', label: 'Rate limits', icon: 'speed', permission: 'limits:read', words: 'throttle' },
    {
      path: 'fraud-rules',
      label: 'Fraud guard',
      icon: 'shield',
      permission: 'limits:read',
      words: 'pumping block country',
    },
    { path: 'refusals', label: 'Why refused', icon: 'gpp_maybe', permission: 'refusals:read', words: 'blocked' },
  ]),
  ...group('platform', 'System', [
    {
      path: 'health',
      label: 'System health',
      icon: 'monitor_heart',
      permission: 'settings:read',
      words: 'status queue',
    },
    { path: 'settings', label: 'Platform settings', icon: 'settings', permission: 'settings:read' },
    {
      path: 'kit',
      label: 'Kit',
      icon: 'palette',
      permission: 'settings:read',
      words: 'gallery components',
      unlisted: true,
    },
  ]),

  // Oneself
  ...group('me', '', [
    { path: 'profile', label: 'Profile', icon: 'person', words: 'name password account' },
    { path: 'security', label: 'Security', icon: 'shield_lock', words: 'authenticator password two factor recovery' },
    { path: 'sessions', label: 'Sessions', icon: 'devices', words: 'devices sign out' },
    { path: 'preferences', label: 'Preferences', icon: 'tune', words: 'theme density time zone' },
  ]),
];
