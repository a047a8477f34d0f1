export {
  ApplicationDirectory,
  type ApplicationFacts,
  type CodeSettings,
  type TestNumber,
} from './lib/application-directory';
export { ApplicationSeeding, type SeededKeys } from './lib/application-seeding';
export { ApplicationsModule } from './lib/applications.module';
export { DestinationForms, type DestinationForm, type DestinationReader } from './lib/destination-forms';
