import { sessionEndpoints } from './session';
import { meEndpoints } from './me';
import { organizationsEndpoints } from './organizations';
import { teamEndpoints } from './team';
import { applicationsEndpoints } from './applications';
import { keysEndpoints } from './keys';
import { verificationsEndpoints } from './verifications';
import { factorsEndpoints } from './factors';
import { testMessagesEndpoints } from './test-messages';
import { messagesEndpoints } from './messages';
import { templatesEndpoints } from './templates';
import { providersEndpoints } from './providers';
import { limitsEndpoints } from './limits';
import { creditsEndpoints } from './credits';
import { operationPricesEndpoints } from './operation-prices';
import { metricsEndpoints } from './metrics';
import { usageEndpoints } from './usage';
import { exportsEndpoints } from './exports';
import { auditEndpoints } from './audit';
import { settingsEndpoints } from './settings';
import { searchEndpoints } from './search';
import { hooksEndpoints } from './hooks';
import { systemEndpoints } from './system';
import type { EndpointDeclaration } from './endpoint';

/** Every endpoint of the native API, in the order of the reference. */
export const ENDPOINTS: readonly EndpointDeclaration[] = [
  ...sessionEndpoints,
  ...meEndpoints,
  ...organizationsEndpoints,
  ...teamEndpoints,
  ...applicationsEndpoints,
  ...keysEndpoints,
  ...verificationsEndpoints,
  ...factorsEndpoints,
  ...testMessagesEndpoints,
  ...messagesEndpoints,
  ...templatesEndpoints,
  ...providersEndpoints,
  ...limitsEndpoints,
  ...creditsEndpoints,
  ...operationPricesEndpoints,
  ...metricsEndpoints,
  ...usageEndpoints,
  ...exportsEndpoints,
  ...auditEndpoints,
  ...settingsEndpoints,
  ...searchEndpoints,
  ...hooksEndpoints,
  ...systemEndpoints,
];
