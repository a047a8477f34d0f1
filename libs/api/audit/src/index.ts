export { AnchorAuditChains } from './lib/anchor-audit-chains';
export { AnchorFile } from './lib/anchor-file';
export { AnchorSigner } from './lib/anchor-signer';
export { AuditModule } from './lib/audit.module';
export {
  AuditTrail,
  changesBetween,
  destinationRevealed,
  type AuditActor,
  type AuditActorKind,
  type AuditEntry,
  type FieldChange,
} from './lib/audit-trail';
export type { Anchor } from './lib/domain/anchor';
export type { ChainFault, ChainFaultKind } from './lib/domain/chain-check';
export { SealAuditChains } from './lib/seal-audit-chains';
export { verifyAudit, type ChainReport, type VerifyAuditOptions } from './lib/verify-audit';
export { VerifyAuditChain } from './lib/verify-audit-chain';
