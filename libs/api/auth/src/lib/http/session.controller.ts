import { Controller } from '@nestjs/common';
import { Caller, Input, reply, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { endSession, readSession, stepUpSession, type InputOf } from '@tollgate/contracts';
import { COOKIES, clearCookie } from '../domain/cookies';
import { sessionCookie } from '../sessions/cookies-of';
import { SignOut } from '../sessions/end-sessions';
import { assuranceView, ReadSession } from '../sessions/read-session';
import { StepUp } from '../sessions/step-up';

@Controller()
export class SessionController {
  constructor(
    private readonly reading: ReadSession,
    private readonly signOut: SignOut,
    private readonly stepUp: StepUp,
  ) {}

  @Serve(readSession)
  read(@Caller() caller: Principal) {
    return this.reading.execute(caller);
  }

  @Serve(endSession)
  async end(@Caller() caller: Principal) {
    await this.signOut.execute(caller);
    return reply(204, undefined, { 'set-cookie': clearCookie(COOKIES.session), 'clear-site-data': '"cache"' });
  }

  @Serve(stepUpSession)
  async again(@Input() input: InputOf<typeof stepUpSession>, @Caller() caller: Principal) {
    const renewed = await this.stepUp.execute(input.body, caller);
    const view = assuranceView(renewed.level, renewed.authenticatedAt);
    return reply(200, view, { 'set-cookie': sessionCookie(renewed.token) });
  }
}
