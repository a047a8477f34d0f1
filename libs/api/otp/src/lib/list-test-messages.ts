import type { InputOf, listTestMessages, Page, TestMessageView } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { MessageQueue } from '@tollgate/api/messaging';
import { readScope } from './application-caller';
import { DestinationVault } from './destination-vault';
import { readDestination } from './domain/destination';
import { TestInbox, type TestSend } from './persistence/test-inbox';
import { VerificationWrites } from './persistence/verification-writes';
import { VerificationCodes } from './verification-codes';
import { instantText } from './verification-view';

type Query = InputOf<typeof listTestMessages>['query'];

const WINDOW_MS = 86_400_000;

/** What test keys would have sent, with the codes, made anew from the rows. Live rows are never looked at. */
@Injectable()
export class ListTestMessages {
  constructor(
    private readonly inbox: TestInbox,
    private readonly writes: VerificationWrites,
    private readonly codes: VerificationCodes,
    private readonly messages: MessageQueue,
    private readonly vault: DestinationVault,
    private readonly clock: Clock,
  ) {}

  /** @throws key_kind_not_allowed, invalid_destination, invalid_cursor */
  async execute(query: Query, principal: Principal): Promise<Page<TestMessageView>> {
    const scope = readScope(principal);
    if (scope.test === false) throw new DomainError('key_kind_not_allowed');
    const asked = query.application_id ?? scope.applicationId;
    if (scope.applicationId !== null && asked !== scope.applicationId) {
      return { data: [], next_cursor: null, total_estimate: 0 };
    }
    const page = await this.inbox.page(
      {
        organizationId: scope.organizationId,
        applicationId: asked,
        destinationHash: query.to === undefined ? undefined : this.vault.hashOf(readDestination(query.to)),
        verificationId: query.verification_id,
        since: this.clock.recordedAt() - WINDOW_MS,
      },
      { limit: query.limit, cursor: query.cursor },
    );
    const views: TestMessageView[] = [];
    for (const send of page.data) views.push(await this.view(send));
    return { ...page, data: views };
  }

  private async view(send: TestSend): Promise<TestMessageView> {
    const row = await this.writes.byId(send.verificationId);
    if (row === null || !row.test) throw new Error('the test inbox holds sends of test verifications only');
    const code = await this.codes.codeOf(row);
    return {
      id: send.messageId,
      verification_id: row.id,
      application_id: row.applicationId,
      channel: send.channel,
      to: send.destinationMasked ?? '',
      purpose: row.purpose,
      code,
      text: await this.messages.textOf(send.messageId, code),
      state: send.state,
      scenario: row.scenario,
      created_at: instantText(send.queuedAt),
    };
  }
}
