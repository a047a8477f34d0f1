import { Injectable } from '@nestjs/common';
import { Config } from '@tollgate/api/config';
import { UnitOfWork } from '@tollgate/api/database';
import { StaffMail } from '@tollgate/api/messaging';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { StaffDirectory } from '@tollgate/api/users';

type Payload = Readonly<Record<string, string | number | boolean | null>>;

const credits = (milliCredits: unknown): string =>
  (Number(milliCredits) / 1000).toLocaleString('en', { maximumFractionDigits: 3 });
const text = (value: unknown, otherwise: string): string =>
  typeof value === 'string' && value !== '' ? value : otherwise;

/** Writes to the people who can do something about it. All mails of one event are queued in one transaction. */
@Injectable()
export class WarnStaff {
  constructor(
    private readonly staff: StaffDirectory,
    private readonly organizations: OrganizationDirectory,
    private readonly mail: StaffMail,
    private readonly unitOfWork: UnitOfWork,
    private readonly config: Config,
  ) {}

  /** Once for each time that the balance falls below the organization's threshold. */
  async lowBalance(payload: Payload): Promise<void> {
    const organization = await this.organizations.get(String(payload['organization_id']));
    await this.write(organization.id, ['owner', 'admin', 'billing'], 'low_balance', {
      organization: organization.name,
      balance: credits(payload['balance']),
      threshold: credits(payload['threshold']),
      url: `${this.config.publicUrl}/o/${organization.slug}/credits`,
    });
  }

  /** Once for each opening of a provider's circuit. */
  async providerDown(payload: Payload): Promise<void> {
    const platform = await this.organizations.platformId();
    await this.write(platform, ['super_admin', 'support'], 'provider_down', {
      provider: text(payload['provider'], 'a provider'),
      country: text(payload['country'], 'every country'),
      reason: text(payload['reason'], 'several messages in a row failed'),
      since: text(payload['since'], 'just now'),
      url: `${this.config.publicUrl}/platform/providers`,
    });
  }

  private async write(
    organizationId: string,
    roles: readonly string[],
    template: string,
    variables: Readonly<Record<string, string>>,
  ): Promise<void> {
    const people = await this.staff.withRoles(organizationId, roles);
    await this.unitOfWork.run(async () => {
      for (const { email } of people)
        await this.mail.queue({ organizationId, to: email, template: template as 'low_balance', variables });
    });
  }
}
