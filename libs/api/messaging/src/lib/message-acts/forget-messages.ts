import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, newId } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import { Messages } from '../persistence/messages';

const DAY_MS = 86_400_000;
const BATCH = 500;

/** Retention: removes destinations, and later whole messages, after the days that each organization set. */
@Injectable()
export class ForgetMessages {
  constructor(
    private readonly messages: Messages,
    private readonly organizations: OrganizationDirectory,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.recordedAt();
    for (const id of await this.messages.organizationsBefore(idAt(now - DAY_MS))) {
      const organization = await this.organizations.find(id);
      if (organization === null) continue;
      const { destinationRetentionDays, messageRetentionDays } = organization.settings;
      await this.inBatches(() =>
        this.messages.forgetDestinations(id, idAt(now - destinationRetentionDays * DAY_MS), BATCH),
      );
      await this.inBatches(() => this.messages.remove(id, idAt(now - messageRetentionDays * DAY_MS), BATCH));
    }
  }

  /** One short transaction each, so that nothing waits long for its locks. */
  private async inBatches(act: () => Promise<number>): Promise<void> {
    while ((await this.unitOfWork.run(act)) === BATCH);
  }
}

const idAt = (ms: number): string => `${newId('msg', Math.max(0, ms)).slice(0, 14)}${'0'.repeat(16)}`;
