import { Service, inject } from '@angular/core';
import { reactivateOrganization, suspendOrganization } from '@tollgate/contracts';
import type { OrganizationView } from '@tollgate/contracts';
import { Api } from '@tollgate/console/platform';
import { Confirm, Toasts, toProblem } from '@tollgate/console/ui';

/** Stops an organization and lets it go on, each after its step of the confirmation ladder. */
@Service()
export class SuspendOrganization {
  private readonly api = inject(Api);
  private readonly confirm = inject(Confirm);
  private readonly toasts = inject(Toasts);

  /** The organization as it is then; null when it was not confirmed or did not work. */
  async suspend(organization: OrganizationView): Promise<OrganizationView | null> {
    const confirmed = await this.confirm.forReason({
      level: 4,
      title: `Suspend ${organization.name}?`,
      text: 'All of its keys refuse within a second, and nobody of it can sign in to change anything.',
      consequences: [
        'Verifications that are running can no longer be checked.',
        'Nothing is deleted, and credits stay. You can reactivate it at any time.',
      ],
      verb: 'Suspend organization',
      name: organization.slug,
    });
    if (!confirmed) return null;
    return this.done(
      `${organization.name} is suspended`,
      this.api.call(suspendOrganization, { params: { id: organization.id }, body: { reason: confirmed.reason } }),
    );
  }

  async reactivate(organization: OrganizationView): Promise<OrganizationView | null> {
    const confirmed = await this.confirm.ask({
      level: 2,
      title: `Reactivate ${organization.name}?`,
      text: 'Its keys answer again within a second, and its people can work as before.',
      verb: 'Reactivate organization',
    });
    if (!confirmed) return null;
    return this.done(
      `${organization.name} is active again`,
      this.api.call(reactivateOrganization, { params: { id: organization.id }, body: {} }),
    );
  }

  private async done(text: string, call: Promise<OrganizationView>): Promise<OrganizationView | null> {
    try {
      const changed = await call;
      this.toasts.done(text);
      return changed;
    } catch (failure) {
      this.toasts.failed(toProblem(failure).title);
      return null;
    }
  }
}
