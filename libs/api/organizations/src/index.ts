export { OrganizationDirectory, type OrganizationFacts, type OrganizationSettings } from './lib/organization-directory';
export { OrganizationSeeding } from './lib/organization-seeding';
export { OrganizationsModule } from './lib/organizations.module';
