import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { PreviewMessage } from '../message-acts/preview-message';
import { ReadMessages } from '../message-acts/read-messages';
import { ResendMessage } from '../message-acts/resend-message';
import { RevealDestination } from '../message-acts/reveal-destination';

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

  @Serve(contract.resendMessage)
  resend(@Input() input: InputOf<typeof contract.resendMessage>, @Caller() caller: Principal) {
    return this.resendMessage.execute(input.params.id, caller);
  }

  @Serve(contract.revealDestination)
  reveal(@Input() input: InputOf<typeof contract.revealDestination>, @Caller() caller: Principal) {
    return this.revealDestination.execute(input.params.id, input.body.reason, caller);
  }
}
