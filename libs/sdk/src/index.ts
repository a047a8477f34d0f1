export { orThrow, Tollgate, TollgateError } from './lib/tollgate';
export type { CallOptions, TransportOptions } from './lib/transport';
export type {
  CheckReason,
  CheckResult,
  Problem,
  Result,
  SendState,
  StartRequest,
  Verification,
  VerificationStatus,
} from './lib/types';
