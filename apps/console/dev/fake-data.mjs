// Seeded rows in the shapes of the contract: the same every time.
let seed = 7;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const pick = (list) => list[Math.floor(random() * list.length)];
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const id = (prefix) => `${prefix}_01KA${Array.from({ length: 22 }, () => pick([...ALPHABET])).join('')}`;
const NOW = Date.now();
const ago = (ms) => new Date(NOW - ms).toISOString();

const NAMES = [
  'Acme Shop',
  'Baobab Bank',
  'Cedar Clinics',
  'Delta Freight',
  'Ember Energy',
  'Fjord Fintech',
  'Grove Grocers',
  'Harbour Hotels',
  'Indigo Insurance',
  'Juniper Jobs',
  'Kestrel Kitchens',
  'Lumen Learning',
  'Marula Media',
  'Nimbus Networks',
  'Orchid Outfitters',
  'Pike Pharmacies',
];
export const ORGANIZATIONS = NAMES.map((name, at) => ({
  id: id('org'),
  slug: name.toLowerCase().replaceAll(' ', '-'),
  name,
  status: at === 3 ? 'suspended' : 'active',
  country: pick(['ZA', 'IN', 'DE', 'US']),
  built_in: false,
  suspended_at: at === 3 ? ago(864e5) : null,
  suspension_reason: at === 3 ? 'Invoices overdue' : null,
  settings: {
    time_zone: pick(['Africa/Johannesburg', 'Asia/Kolkata', 'Europe/Berlin']),
    locale: 'en',
    low_balance_threshold: 100_000,
    daily_spend_cap: null,
    refund_undelivered: false,
    destination_retention_days: 90,
    message_retention_days: 90,
    request_log_retention_days: 30,
  },
  version: 1,
  created_at: ago((at + 1) * 9 * 864e5),
  updated_at: ago(at * 864e5),
}));
const reference = (one) => ({
  id: one.id,
  slug: one.slug,
  name: one.name,
  status: one.status,
  built_in: one.built_in,
  time_zone: one.settings?.time_zone ?? 'UTC',
  locale: 'en',
});
const STAFF_ORGANIZATION = {
  id: id('org'),
  slug: 'platform',
  name: 'Tollgate',
  status: 'active',
  built_in: true,
  time_zone: 'UTC',
  locale: 'en',
};

const READS = [
  'organizations',
  'team',
  'applications',
  'keys',
  'verifications',
  'messages',
  'templates',
  'providers',
  'limits',
  'refusals',
  'credits',
  'credit_entries',
  'operation_prices',
  'metrics',
  'usage',
  'requests',
  'audit',
  'settings',
  'test_messages',
].map((one) => `${one}:read`);
const WRITES = [
  'organizations:create',
  'organizations:update',
  'organizations:suspend',
  'team:manage',
  'applications:write',
  'keys:write',
  'templates:write',
  'providers:write',
  'limits:write',
  'credits:adjust',
  'operation_prices:write',
  'exports:create',
  'settings:write',
  'destinations:reveal',
  'messages:write',
];
const ROLES = {
  super_admin: [true, [...READS, ...WRITES]],
  auditor: [true, [...READS, 'exports:create']],
  finance: [
    true,
    [
      'organizations:read',
      'credits:read',
      'credit_entries:read',
      'credits:adjust',
      'operation_prices:read',
      'metrics:read',
      'usage:read',
      'exports:create',
    ],
  ],
  owner: [
    false,
    [
      ...READS.filter((one) => !/providers|limits|settings/.test(one)),
      'organizations:update',
      'team:manage',
      'applications:write',
      'keys:write',
      'templates:write',
      'exports:create',
    ],
  ],
  viewer: [
    false,
    [
      'organizations:read',
      'applications:read',
      'keys:read',
      'verifications:read',
      'messages:read',
      'templates:read',
      'operation_prices:read',
      'metrics:read',
      'usage:read',
    ],
  ],
};

export function sessionOf(role) {
  const [staff, permissions] = ROLES[role] ?? ROLES.super_admin;
  return {
    id: id('ses'),
    user: {
      id: 'usr_01KAMCX4E8S0N6R2V5T9W3Y7ZA',
      email: `${role}@example.com`,
      name: 'Thandi Mokoena',
      locale: 'en',
      time_zone: 'Africa/Johannesburg',
      second_factor: true,
    },
    organization: staff ? STAFF_ORGANIZATION : reference(ORGANIZATIONS[0]),
    acting_organization: null,
    can_select_organization: staff,
    platform_staff: staff,
    roles: [role],
    permissions,
    assurance: { level: 2, authenticated_at: ago(6e5), step_up_until: ago(-6e5) },
    expires_at: ago(-36e5),
    environment: { profile: 'demo', version: '0.1.0' },
  };
}

const applications = Array.from({ length: 137 }, (_, at) => ({
  id: id('app'),
  organization_id: pick(ORGANIZATIONS).id,
  name: `${pick(['Web shop', 'Mobile app', 'Partner portal', 'Call centre', 'Kiosk', 'Back office'])} ${at + 1}`,
  status: random() < 0.85 ? 'active' : 'disabled',
  base_url: `https://app${at}.example.com`,
  created_at: ago(random() * 60 * 864e5),
  verifications_7d: Math.floor(random() * 20000),
  credits_7d: Math.floor(random() * 9e7),
}));
const LISTS = { '/v1/organizations': ORGANIZATIONS, '/v1/applications': applications };
export const rowsOf = (path) => LISTS[path] ?? null;
