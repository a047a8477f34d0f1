import { Injectable } from '@nestjs/common';
import { DomainError, newId, scopeOf, type Principal } from '@tollgate/api/kernel';
import { OrganizationDirectory } from '@tollgate/api/organizations';
import type { InputOf, listMessages, MessageDetailView, MessageView, Page } from '@tollgate/contracts';
import { DestinationCover } from '../destination-cover';
import { MessageAttempts } from '../persistence/message-attempts';
import { MessageReports } from '../persistence/message-reports';
import type { MessageRow } from '../persistence/message-row';
import { Messages, type MessageFilter } from '../persistence/messages';
import { messageDetailView, messageView, type ViewFacts } from './message-view';
import { ResendRule } from './resend-rule';

@Injectable()
export class ReadMessages {
  constructor(
    private readonly messages: Messages,
    private readonly attempts: MessageAttempts,
    private readonly reports: MessageReports,
    private readonly organizations: OrganizationDirectory,
    private readonly cover: DestinationCover,
    private readonly resending: ResendRule,
  ) {}

  async page(query: InputOf<typeof listMessages>['query'], caller: Principal): Promise<Page<MessageView>> {
    const { to, from, until, ...rest } = query;
    const filter: MessageFilter = {
      ...rest,
      ...(to === undefined ? {} : { destinationHash: this.cover.hashOf(canonical(to)) }),
      ...(from === undefined ? {} : { fromId: firstIdAt(from) }),
      ...(until === undefined ? {} : { untilId: firstIdAt(until) }),
    };
    const found = await this.messages.page(scopeOf(caller), filter);
    return {
      ...found,
      data: await Promise.all(found.data.map(async (row) => messageView(row, await this.factsOf(row)))),
    };
  }

  /** Errors: not_found. */
  async one(id: string, caller: Principal): Promise<MessageDetailView> {
    const row = await this.row(id, caller);
    const [facts, attempts, reports] = [
      await this.factsOf(row),
      await this.attempts.ofMessages([id]),
      await this.reports.ofMessage(id),
    ];
    return messageDetailView(row, facts, attempts, reports);
  }

  /** Errors: not_found. */
  async row(id: string, caller: Principal): Promise<MessageRow> {
    const row = await this.messages.find(scopeOf(caller), id);
    if (row === null) throw new DomainError('not_found');
    return row;
  }

  private async factsOf(row: MessageRow): Promise<ViewFacts> {
    const organization = await this.organizations.find(row.organizationId);
    return { organization: organization?.name ?? null, resendable: this.resending.of(row) !== null };
  }
}

/** The form in which destinations were hashed: numbers as they are, the domain of a mailbox in small letters. */
function canonical(to: string): string {
  const text = to.trim();
  const at = text.lastIndexOf('@');
  return at < 0 ? text.replace(/[\s().-]/g, '') : `${text.slice(0, at)}@${text.slice(at + 1).toLowerCase()}`;
}

/** No id of that millisecond is smaller: ids begin with their time, and `0` is the smallest character of the rest. */
function firstIdAt(instant: string): string {
  return `${newId('msg', Date.parse(instant)).slice(0, 14)}${'0'.repeat(16)}`;
}
