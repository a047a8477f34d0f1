import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, newId, type Principal } from '@tollgate/api/kernel';
import type { InputOf, testSendTemplate } from '@tollgate/contracts';
import { readDestination } from '../domain/read-destination';
import { EnqueueMessage } from '../enqueue-message';
import { SAMPLE_SOURCE } from '../sample-codes';
import { ReadTemplates } from './read-templates';

/**
 * Sends a template with sample values. A mail to one's own address is really sent, and whoever may set up providers sends
 * anywhere; everything else goes to the test inbox, or a template editor could send free messages to anybody.
 */
@Injectable()
export class TestSendTemplate {
  constructor(
    private readonly templates: ReadTemplates,
    private readonly enqueue: EnqueueMessage,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Errors: not_found, invalid_destination, organization_required, channel_unavailable. */
  async execute(
    id: string,
    wanted: InputOf<typeof testSendTemplate>['body'],
    caller: Principal,
  ): Promise<{ message_id: string; test: boolean }> {
    const found = await this.templates.find(id, caller);
    const organizationId = found.row?.organizationId ?? caller.actingOrganizationId;
    if (organizationId === null) throw new DomainError('organization_required');
    const destination = readDestination(wanted.to);
    if (destination.channel !== found.channel)
      throw new DomainError('invalid_destination', { param: 'to', detail: `This is a template for ${found.channel}` });
    const own =
      found.channel === 'email' &&
      caller.kind === 'session' &&
      destination.to.toLowerCase() === caller.label.toLowerCase();
    const test = !own && !caller.permissions.has('providers:write');
    const { id: messageId } = await this.unitOfWork.run(() =>
      this.enqueue.execute({
        organizationId,
        applicationId: null,
        test,
        ...destination,
        locale: wanted.locale ?? 'en',
        template: found.row?.id ?? found.key,
        variables: { application: 'Test', minutes: '10', organization: 'Test', ...wanted.variables },
        source: { type: SAMPLE_SOURCE, id: newId('msg', this.clock.recordedAt()) },
        expiresAt: this.clock.recordedAt() + 600_000,
      }),
    );
    return { message_id: messageId, test };
  }
}
