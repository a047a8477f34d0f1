import { Controller } from '@nestjs/common';
import { Caller, Input, reply, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import {
  changePassword,
  endMyOtherSessions,
  endMySession,
  listMySessions,
  readMe,
  updateMe,
  type InputOf,
} from '@tollgate/contracts';
import { ChangePassword } from '../passwords/change-password';
import { sessionCookie } from '../sessions/cookies-of';
import { EndMySessions } from '../sessions/end-sessions';
import { ListMySessions } from '../sessions/list-my-sessions';
import { ChangeMyProfile, ReadMyProfile } from '../sessions/my-profile';

@Controller()
export class MeController {
  constructor(
    private readonly profile: ReadMyProfile,
    private readonly changing: ChangeMyProfile,
    private readonly password: ChangePassword,
    private readonly listing: ListMySessions,
    private readonly ending: EndMySessions,
  ) {}

  @Serve(readMe)
  read(@Caller() caller: Principal) {
    return this.profile.execute(caller);
  }

  @Serve(updateMe)
  async update(@Input() input: InputOf<typeof updateMe>, @Caller() caller: Principal) {
    await this.changing.execute(input.body, caller);
    return this.profile.execute(caller);
  }

  @Serve(changePassword)
  async changePassword(@Input() input: InputOf<typeof changePassword>, @Caller() caller: Principal) {
    const { current_password: currentPassword, new_password: newPassword } = input.body;
    const { token } = await this.password.execute({ currentPassword, newPassword }, caller);
    return reply(204, undefined, { 'set-cookie': sessionCookie(token) });
  }

  @Serve(listMySessions)
  sessions(@Input() input: InputOf<typeof listMySessions>, @Caller() caller: Principal) {
    return this.listing.execute(input.query.limit ?? 50, caller);
  }

  @Serve(endMySession)
  async endOne(@Input() input: InputOf<typeof endMySession>, @Caller() caller: Principal) {
    await this.ending.one(input.params.id, caller);
  }

  @Serve(endMyOtherSessions)
  async endOthers(@Caller() caller: Principal) {
    return { ended: await this.ending.others(caller) };
  }
}
