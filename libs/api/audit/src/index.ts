export { AuditTrail, changesBetween, type AuditEntry, type FieldChange } from './lib/audit-trail';
