import { Injectable } from '@nestjs/common';
import { newId } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { EnqueueMessage } from './enqueue-message';
import type { StaffMail } from './message-queue';

/** Mails of the product to staff: they go the way of all messages, and end in the outbox where there is no mail provider. */
@Injectable()
export class QueuedStaffMail implements StaffMail {
  constructor(
    private readonly enqueue: EnqueueMessage,
    private readonly organizations: OrganizationDirectory,
  ) {}

  async queue(mail: Parameters<StaffMail['queue']>[0]): Promise<void> {
    const organization = await this.organizations.find(mail.organizationId);
    await this.enqueue.execute({
      organizationId: mail.organizationId,
      applicationId: null,
      test: false,
      channel: 'email',
      to: mail.to,
      country: null,
      locale: organization?.settings.locale ?? 'en',
      template: mail.template,
      variables: mail.variables,
      source: mail.source ?? { type: 'staff_mail', id: newId('msg') },
      expiresAt: null,
    });
  }
}
