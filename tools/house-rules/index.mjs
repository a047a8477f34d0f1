import endpointDeclaresPermission from './endpoint-declares-permission.mjs';
import namesSayWhat from './names-say-what.mjs';
import noHttpExceptionInDomain from './no-http-exception-in-domain.mjs';
import noProcessEnv from './no-process-env.mjs';
import suppressionNeedsReason from './suppression-needs-reason.mjs';
import typeormOnlyInPersistence from './typeorm-only-in-persistence.mjs';

/** The rules of this house, as the ESLint plugin `house`. */
export default {
  meta: { name: 'house' },
  rules: {
    'endpoint-declares-permission': endpointDeclaresPermission,
    'names-say-what': namesSayWhat,
    'no-http-exception-in-domain': noHttpExceptionInDomain,
    'no-process-env': noProcessEnv,
    'suppression-needs-reason': suppressionNeedsReason,
    'typeorm-only-in-persistence': typeormOnlyInPersistence,
  },
};
