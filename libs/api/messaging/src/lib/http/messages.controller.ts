import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, html, Input, Page, Serve, ServePage, type PageRequest } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { mailAlone } from '../message-acts/mail-alone';
import { PreviewMessage } from '../message-acts/preview-message';
import { ReadMessages } from '../message-acts/read-messages';
import { ResendMessage } from '../message-acts/resend-message';
import { RevealDestination } from '../message-acts/reveal-destination';

/**
 * A mail brings styles of its own and is not ours to trust: here nothing runs, nothing is loaded from elsewhere, no form
 * is sent, and no origin has it, also when its address is opened without the console's frame around it.
 */
const MAIL_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
  'x-frame-options': 'SAMEORIGIN',
};

@Controller()
export class MessagesController {
  constructor(
    private readonly read: ReadMessages,
    private readonly previewMessage: PreviewMessage,
    private readonly resendMessage: ResendMessage,
    private readonly revealDestination: RevealDestination,
  ) {}

  @Serve(contract.listMessages)
  list(@Input() input: InputOf<typeof contract.listMessages>, @Caller() caller: Principal) {
    return this.read.page(input.query, caller);
  }

  @Serve(contract.getMessage)
  get(@Input() input: InputOf<typeof contract.getMessage>, @Caller() caller: Principal) {
    return this.read.one(input.params.id, caller);
  }

  @Serve(contract.previewMessage)
  preview(@Input() input: InputOf<typeof contract.previewMessage>, @Caller() caller: Principal) {
    return this.previewMessage.execute(input.params.id, caller);
  }

  /** The mail alone, as its reader sees it, for a frame of the console. */
  @ServePage({ method: 'GET', path: '/v1/messages/:id/mail', access: 'messages:read' })
  async mail(@Page() page: PageRequest, @Caller() caller: Principal) {
    const { status, text } = await mailAlone(this.previewMessage.execute(page.params['id'] ?? '', caller));
    return html(status, text, MAIL_HEADERS);
  }

  @Serve(contract.resendMessage)
  resend(@Input() input: InputOf<typeof contract.resendMessage>, @Caller() caller: Principal) {
    return this.resendMessage.execute(input.params.id, caller);
  }

  @Serve(contract.revealDestination)
  reveal(@Input() input: InputOf<typeof contract.revealDestination>, @Caller() caller: Principal) {
    return this.revealDestination.execute(input.params.id, input.body.reason, caller);
  }
}
