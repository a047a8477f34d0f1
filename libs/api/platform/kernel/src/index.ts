export { Clock, SystemClock } from './lib/clock';
export { DomainError, type ErrorDetails } from './lib/domain-error';
export { ID_PREFIXES, isId, newId, type IdPrefix } from './lib/ids';
export { scopeOf, systemPrincipal, type OrganizationScope, type Principal } from './lib/principal';
export { RequestContext, type ClientAddresses, type RequestFacts } from './lib/request-context';
export { VERSION } from './lib/version';
