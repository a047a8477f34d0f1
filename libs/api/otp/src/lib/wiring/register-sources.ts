import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DestinationForms } from '@tollgate/api/applications';
import { HoldSources } from '@tollgate/api/credits';
import { MessageOwners } from '@tollgate/api/messaging';
import { RawUsageSources } from '@tollgate/api/metrics';
import { limitForm, maskOf, readDestination } from '../domain/destination';
import { RawUsage } from '../persistence/raw-usage';
import { VerificationMessages } from '../verification-messages';

/**
 * Tells other slices what they may ask of verifications: the outbox for codes and the ledger's verifier for what is
 * held and was captured, applications for the form in which destinations are kept, the nightly reconciliation for
 * counters from the rows.
 */
@Injectable()
export class RegisterSources implements OnModuleInit {
  constructor(
    private readonly owners: MessageOwners,
    private readonly forms: DestinationForms,
    private readonly holds: HoldSources,
    private readonly usage: RawUsageSources,
    private readonly messages: VerificationMessages,
    private readonly raw: RawUsage,
  ) {}

  onModuleInit(): void {
    this.owners.register('verification', this.messages);
    this.forms.register((input) => {
      const destination = readDestination(input);
      return { to: destination.to, masked: maskOf(destination), limitForm: limitForm(destination) };
    });
    this.usage.register((from, to) => this.raw.cohorts(from, to));
    this.holds.register({
      type: 'verification',
      held: `SELECT organization_id, held FROM verification WHERE status = 'pending' AND held > 0`,
      captured: `SELECT id, organization_id, check_price AS amount FROM verification
        WHERE first_check_at IS NOT NULL AND check_price > 0`,
    });
  }
}
