export { CreditGrants } from './lib/credit-grants';
export {
  CreditLedger,
  type Charge,
  type ChargeLine,
  type LedgerSource,
  type Operation,
  type Quote,
  type Settlement,
} from './lib/credit-ledger';
export { CreditsModule } from './lib/credits.module';
export { HoldSources, type HoldSource } from './lib/hold-sources';
export { LedgerIntegrity } from './lib/ledger-integrity';
export { verifyLedger } from './lib/verify-ledger';
