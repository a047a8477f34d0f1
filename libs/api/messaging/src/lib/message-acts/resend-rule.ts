import { Injectable } from '@nestjs/common';
import { MessageOwnerRegistry } from '../dispatch/message-owner-registry';
import type { MessageRow } from '../persistence/message-row';

const OVER: ReadonlySet<MessageRow['state']> = new Set(['failed', 'undelivered', 'suppressed', 'unknown']);

/** Whether staff may send a message again, and by whose rules. */
@Injectable()
export class ResendRule {
  constructor(private readonly owners: MessageOwnerRegistry) {}

  /** `owner`: by its owner's resend. `copy`: nobody's message, that did not arrive. Null: not at all. */
  of(row: MessageRow): 'owner' | 'copy' | null {
    if (row.destinationSealed === null) return null;
    const owner = this.owners.find(row.sourceType);
    if (owner !== null) return owner.resend === undefined ? null : 'owner';
    return row.sourceType === 'staff_mail' && OVER.has(row.state) ? 'copy' : null;
  }
}
