import { ApplicationDirectory, ApplicationSeeding, type ApplicationFacts } from '../index';
import type { KeyScope } from '@tollgate/contracts';
import type { OrganizationFacts } from '@tollgate/api/organizations';
import { anOrganization } from '@tollgate/api/organizations/testing';
import type { Slice } from '@tollgate/api/testing';

let made = 0;

type NewApplication = Parameters<ApplicationSeeding['create']>[1];

/** A key that works, and what it belongs to. */
export interface KeyFixture {
  readonly id: string;
  readonly token: string;
  readonly application: ApplicationFacts;
}

/**
 * A real application in the slice's database, open to any address unless told; in an organization of its own when
 * none is given. Needs `ApplicationsModule`.
 */
export async function anApplication(
  slice: Slice,
  wanted: Partial<NewApplication> & { readonly organization?: Pick<OrganizationFacts, 'id'> } = {},
): Promise<ApplicationFacts> {
  const { organization = await anOrganization(slice), ...rest } = wanted;
  made += 1;
  const application: NewApplication = { name: `Application ${made}`, address_mode: 'any', ...rest };
  const created = await slice.get(ApplicationSeeding).create(organization.id, application);
  return slice.get(ApplicationDirectory).get(created.id);
}

/** A live and a test key of an application, its own when none is given, with every scope unless told. */
export async function someApiKeys(
  slice: Slice,
  wanted: { readonly application?: ApplicationFacts; readonly scopes?: readonly KeyScope[] } = {},
): Promise<{ readonly live: KeyFixture; readonly test: KeyFixture }> {
  const application = wanted.application ?? (await anApplication(slice));
  const owner = { id: application.id, organization_id: application.organizationId };
  const keys = await slice.get(ApplicationSeeding).createKeys(owner, wanted.scopes);
  return {
    live: { id: keys.live.id, token: keys.live.token, application },
    test: { id: keys.test.id, token: keys.test.token, application },
  };
}

/** One key of this kind; live unless told. */
export async function anApiKey(
  slice: Slice,
  wanted: {
    readonly kind?: 'live' | 'test';
    readonly application?: ApplicationFacts;
    readonly scopes?: readonly KeyScope[];
  } = {},
): Promise<KeyFixture> {
  const keys = await someApiKeys(slice, wanted);
  return keys[wanted.kind ?? 'live'];
}
