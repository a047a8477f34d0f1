export { OrganizationDirectory, type OrganizationFacts, type OrganizationSettings } from './lib/organization-directory';
