import { OrganizationDirectory, OrganizationSeeding, type OrganizationFacts } from '../index';
import type { Slice } from '@tollgate/api/testing';

let made = 0;

/** A real organization in the slice's database, active unless its settings say so. Needs `OrganizationsModule`. */
export async function anOrganization(
  slice: Slice,
  wanted: Partial<Parameters<OrganizationSeeding['create']>[0]> = {},
): Promise<OrganizationFacts> {
  made += 1;
  const created = await slice.get(OrganizationSeeding).create({ name: `Organization ${made}`, ...wanted });
  return slice.get(OrganizationDirectory).get(created.id);
}
