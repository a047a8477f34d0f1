export {
  ApplicationDirectory,
  type ApplicationFacts,
  type CodeSettings,
  type TestNumber,
} from './lib/application-directory';
