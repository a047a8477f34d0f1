import {
  activateFactor,
  checkFactor,
  createRecoveryCodes,
  deleteFactor,
  enrolFactor,
  getFactor,
  listFactors,
  type InputOf,
} from '@tollgate/contracts';
import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { ActivateFactor } from '../factors/activate-factor';
import { CheckFactor } from '../factors/check-factor';
import { CreateRecoveryCodes } from '../factors/create-recovery-codes';
import { DeleteFactor } from '../factors/delete-factor';
import { EnrolFactor } from '../factors/enrol-factor';
import { ReadFactors } from '../factors/read-factors';

/** Authenticator apps of end users. */
@Controller()
export class FactorsController {
  constructor(
    private readonly enrolling: EnrolFactor,
    private readonly reading: ReadFactors,
    private readonly activating: ActivateFactor,
    private readonly checking: CheckFactor,
    private readonly recovery: CreateRecoveryCodes,
    private readonly deleting: DeleteFactor,
  ) {}

  @Serve(enrolFactor)
  enrol(@Input() { body }: InputOf<typeof enrolFactor>, @Caller() caller: Principal) {
    return this.enrolling.execute(body, caller);
  }

  @Serve(listFactors)
  list(@Input() { query }: InputOf<typeof listFactors>, @Caller() caller: Principal) {
    return this.reading.page(query, caller);
  }

  @Serve(getFactor)
  get(@Input() { params }: InputOf<typeof getFactor>, @Caller() caller: Principal) {
    return this.reading.one(params.id, caller);
  }

  @Serve(activateFactor)
  activate(@Input() { params, body }: InputOf<typeof activateFactor>, @Caller() caller: Principal) {
    return this.activating.execute(params.id, body.code, caller);
  }

  @Serve(checkFactor)
  check(@Input() { params, body }: InputOf<typeof checkFactor>, @Caller() caller: Principal) {
    return this.checking.execute(params.id, body, caller);
  }

  @Serve(createRecoveryCodes)
  recoveryCodes(@Input() { params }: InputOf<typeof createRecoveryCodes>, @Caller() caller: Principal) {
    return this.recovery.execute(params.id, caller);
  }

  @Serve(deleteFactor)
  delete(@Input() { params }: InputOf<typeof deleteFactor>, @Caller() caller: Principal) {
    return this.deleting.execute(params.id, caller);
  }
}
