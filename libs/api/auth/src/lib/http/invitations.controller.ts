import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import {
  createInvitation,
  listInvitations,
  resendInvitation,
  withdrawInvitation,
  type InputOf,
} from '@tollgate/contracts';
import { CreateInvitation } from '../invitations/create-invitation';
import { ListInvitations, ResendInvitation, WithdrawInvitation } from '../invitations/resend-invitation';

@Controller()
export class InvitationsController {
  constructor(
    private readonly listing: ListInvitations,
    private readonly creating: CreateInvitation,
    private readonly resending: ResendInvitation,
    private readonly withdrawing: WithdrawInvitation,
  ) {}

  @Serve(listInvitations)
  list(@Input() input: InputOf<typeof listInvitations>, @Caller() caller: Principal) {
    return this.listing.execute(input.query, caller);
  }

  @Serve(createInvitation)
  create(@Input() input: InputOf<typeof createInvitation>, @Caller() caller: Principal) {
    return this.creating.execute(input.body, caller);
  }

  @Serve(resendInvitation)
  resend(@Input() input: InputOf<typeof resendInvitation>, @Caller() caller: Principal) {
    return this.resending.execute(input.params.id, caller);
  }

  @Serve(withdrawInvitation)
  async withdraw(@Input() input: InputOf<typeof withdrawInvitation>, @Caller() caller: Principal) {
    await this.withdrawing.execute(input.params.id, caller);
  }
}
