export { startFakeServer, type FakeCall, type FakeServer } from './fake-server';
export { loopbackOutbound } from './loopback-outbound';
