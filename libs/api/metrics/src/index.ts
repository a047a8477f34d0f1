export { UsageMeter, type Counter, type UsageDelta } from './lib/usage-meter';
