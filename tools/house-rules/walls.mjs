/**
 * The walls between libraries, as data. A project must satisfy every row that matches its tags.
 * Edges between domains are listed one by one with the reason; what is not here is refused. The graph is acyclic.
 */

/** Domain → the domains whose doors it may use, and why. Every domain may use `platform` and `contracts`. */
export const EDGES = {
  audit: {},
  organizations: { audit: 'administrative acts are recorded' },
  users: { organizations: 'people belong to one', audit: 'role changes are recorded' },
  applications: { organizations: 'they belong to one, and stop when it is suspended', audit: 'acts are recorded' },
  messaging: {
    organizations: 'sender and language',
    applications: 'templates of an application',
    audit: 'provider changes and revealed destinations are recorded',
  },
  credits: { organizations: 'the account belongs to one; thresholds', audit: 'grants and adjustments are recorded' },
  limits: {
    organizations: 'daily spend cap',
    applications: 'countries, spend cap, guard mode',
    credits: 'what was spent today',
    audit: 'changes of limits are recorded',
  },
  metrics: { organizations: 'time zone', applications: 'names in reports', audit: 'exports are recorded' },
  auth: {
    users: 'who signs in',
    organizations: 'whose people they are',
    applications: 'the first one is made in set-up',
    messaging: 'invitations go by mail',
    audit: 'sign-ins are security events',
  },
  otp: {
    applications: 'code settings',
    organizations: 'suspension and refunds',
    credits: 'charges and holds',
    limits: 'the gate before a start',
    messaging: 'sends go through its outbox',
    metrics: 'what happened is counted',
    audit: 'lockouts and reveals are security events',
  },
  operations: {
    organizations: 'search, seeding',
    applications: 'search, seeding',
    users: 'whom to write to',
    auth: 'seeding of people',
    messaging: 'mails to staff, provider health',
    credits: 'integrity, seeding',
    limits: 'health',
    otp: 'search',
    metrics: 'health',
    audit: 'settings changes are recorded',
  },
};

const scope = (name) => `scope:${name}`;

const domainRows = Object.entries(EDGES).map(([domain, edges]) => ({
  allSourceTags: ['platform:api', scope(domain)],
  onlyDependOnLibsWithTags: [scope(domain), 'scope:platform', 'scope:contracts', ...Object.keys(edges).map(scope)],
}));

const CONSOLE_AREAS = [
  'home',
  'organizations',
  'applications',
  'verifications',
  'activity',
  'credits',
  'messaging',
  'guard',
  'developers',
  'people',
  'operations',
];

const consoleRows = CONSOLE_AREAS.map((area) => ({
  allSourceTags: ['platform:console', 'type:feature', scope(area)],
  onlyDependOnLibsWithTags: [scope(area), 'scope:platform', 'scope:contracts'],
}));

export const WALLS = [
  { sourceTag: 'platform:api', onlyDependOnLibsWithTags: ['platform:api', 'platform:shared'] },
  { sourceTag: 'platform:console', onlyDependOnLibsWithTags: ['platform:console', 'platform:shared'] },
  {
    sourceTag: 'platform:shared',
    onlyDependOnLibsWithTags: ['platform:shared'],
    bannedExternalImports: ['@angular/*', '@nestjs/*', 'typeorm', 'rxjs'],
  },
  {
    sourceTag: 'platform:tool',
    onlyDependOnLibsWithTags: ['platform:tool', 'platform:shared', 'platform:api', 'platform:console'],
  },
  { sourceTag: 'type:contracts', onlyDependOnLibsWithTags: [], allowedExternalImports: ['zod'] },
  // Nothing at run time; its specs use the test runner.
  { sourceTag: 'type:sdk', onlyDependOnLibsWithTags: ['type:contracts'], allowedExternalImports: ['@jest/globals'] },
  { allSourceTags: ['platform:api', 'type:platform'], onlyDependOnLibsWithTags: ['type:platform', 'type:contracts'] },
  {
    sourceTag: 'type:domain',
    onlyDependOnLibsWithTags: ['type:domain', 'type:platform', 'type:contracts', 'type:testing'],
  },
  {
    sourceTag: 'type:ui',
    onlyDependOnLibsWithTags: ['type:ui', 'type:contracts'],
    bannedExternalImports: ['@angular/common/http'],
  },
  {
    allSourceTags: ['platform:console', 'type:platform'],
    onlyDependOnLibsWithTags: ['type:platform', 'type:ui', 'type:contracts'],
  },
  {
    sourceTag: 'type:feature',
    onlyDependOnLibsWithTags: ['type:feature', 'type:ui', 'type:platform', 'type:contracts'],
  },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['type:testing', 'type:domain', 'type:platform', 'type:contracts'],
  },
  ...domainRows,
  ...consoleRows,
];
