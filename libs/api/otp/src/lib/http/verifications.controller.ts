import {
  cancelVerification,
  checkVerification,
  checkVerificationByTo,
  resendVerification,
  startVerification,
  type InputOf,
} from '@tollgate/contracts';
import { Controller } from '@nestjs/common';
import { Caller, Input, reply, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { CancelVerification } from '../cancel-verification';
import { CheckVerification } from '../check-verification';
import { CheckVerificationByTo } from '../check-verification-by-to';
import type { StartedVerification } from '../open-or-continue';
import { ResendVerification } from '../resend-verification';
import { StartVerification } from '../start-verification';

const started = ({ created, resent, view }: StartedVerification) =>
  created ? reply(201, view) : reply(200, { ...view, resent });

/** What changes a verification. */
@Controller()
export class VerificationsController {
  constructor(
    private readonly starting: StartVerification,
    private readonly checking: CheckVerification,
    private readonly checkingByTo: CheckVerificationByTo,
    private readonly resending: ResendVerification,
    private readonly canceling: CancelVerification,
  ) {}

  @Serve(startVerification, { answer: started })
  start(@Input() { body }: InputOf<typeof startVerification>, @Caller() caller: Principal) {
    return this.starting.execute(body, caller);
  }

  @Serve(checkVerificationByTo)
  checkByTo(@Input() { body }: InputOf<typeof checkVerificationByTo>, @Caller() caller: Principal) {
    return this.checkingByTo.execute(body, caller);
  }

  @Serve(checkVerification)
  check(@Input() { params, body }: InputOf<typeof checkVerification>, @Caller() caller: Principal) {
    return this.checking.execute(params.id, body.code, caller);
  }

  @Serve(resendVerification)
  resend(@Input() { params, body }: InputOf<typeof resendVerification>, @Caller() caller: Principal) {
    return this.resending.execute(params.id, body?.channel, caller);
  }

  @Serve(cancelVerification)
  cancel(@Input() { params }: InputOf<typeof cancelVerification>, @Caller() caller: Principal) {
    return this.canceling.execute(params.id, caller);
  }
}
