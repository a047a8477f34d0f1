export {
  OutboundError,
  OutboundHttp,
  type OutboundFailure,
  type OutboundRequest,
  type OutboundResponse,
} from './lib/outbound-http';
export { OutboundModule } from './lib/outbound.module';
