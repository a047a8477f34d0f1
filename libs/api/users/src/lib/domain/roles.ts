import { BUILT_IN_ROLES, type Permission } from '@tollgate/contracts';

export type RoleLevel = 'platform' | 'organization';

export interface RoleFacts {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly level: RoleLevel;
  readonly permissions: readonly Permission[];
}

const TEXTS: Readonly<Record<string, readonly [name: string, description: string]>> = {
  super_admin: ['Super admin', 'Runs the whole installation'],
  support: ['Support', 'Sees what customers see, and changes nothing'],
  compliance: ['Compliance', 'Reviews organizations and their documents'],
  finance: ['Finance', 'Credits, reconciliation and exports'],
  auditor: ['Auditor', 'Reads everything with its audit trail, changes nothing'],
  owner: ['Owner', 'Everything in the organization, with its profile and settings'],
  admin: ['Admin', 'Everything in the organization but its profile'],
  developer: ['Developer', 'Applications, keys and verifications'],
  billing: ['Billing', 'Credits, prices and usage'],
  viewer: ['Viewer', 'Reads applications, verifications and messages'],
};

function facts(level: RoleLevel, roles: Readonly<Record<string, readonly Permission[]>>): RoleFacts[] {
  return Object.entries(roles).map(([key, permissions]) => {
    const [name, description] = TEXTS[key] ?? [key, ''];
    return { key, name, description, level, permissions };
  });
}

/** Every built-in role, platform level first. */
export const ROLES: readonly RoleFacts[] = [
  ...facts('platform', BUILT_IN_ROLES.platform),
  ...facts('organization', BUILT_IN_ROLES.organization),
];

const byKey = new Map(ROLES.map((role) => [role.key, role]));

export function roleOf(key: string): RoleFacts | null {
  return byKey.get(key) ?? null;
}

/** The union of what the roles allow. A key that is no role allows nothing. */
export function permissionsOf(roles: readonly string[]): ReadonlySet<Permission> {
  return new Set(roles.flatMap((key) => byKey.get(key)?.permissions ?? []));
}

/**
 * Whether somebody with these permissions may give, take or touch the role in an organization of this level.
 * A role stands above whoever lacks one of its permissions.
 */
export function mayAssign(holder: ReadonlySet<Permission>, key: string, level: RoleLevel): boolean {
  const role = byKey.get(key);
  return (
    role !== undefined &&
    role.level === level &&
    holder.has('team:manage') &&
    role.permissions.every((permission) => holder.has(permission))
  );
}

/** The role of each level whose last active holder stays. */
export const KEEPERS: Readonly<
  Record<RoleLevel, { readonly role: string; readonly refusal: 'last_owner' | 'last_super_admin' }>
> = {
  platform: { role: 'super_admin', refusal: 'last_super_admin' },
  organization: { role: 'owner', refusal: 'last_owner' },
};
