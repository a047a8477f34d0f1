import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import {
  activateMyFactor,
  listMyFactors,
  readRecoveryCodes,
  removeMyFactor,
  renewRecoveryCodes,
  startMyFactor,
  type InputOf,
} from '@tollgate/contracts';
import { ActivateFactor } from '../factors/activate-factor';
import { StartFactor } from '../factors/enrol-factor';
import { factorView } from '../factors/factor-view';
import { ReadMyFactors } from '../factors/read-my-factors';
import { RenewRecoveryCodes } from '../factors/recovery-codes';
import { RemoveFactor } from '../factors/remove-factor';

@Controller()
export class MyFactorsController {
  constructor(
    private readonly reading: ReadMyFactors,
    private readonly starting: StartFactor,
    private readonly activating: ActivateFactor,
    private readonly removing: RemoveFactor,
    private readonly renewing: RenewRecoveryCodes,
  ) {}

  @Serve(listMyFactors)
  async list(@Caller() caller: Principal) {
    return { data: await this.reading.list(caller) };
  }

  @Serve(startMyFactor)
  async start(@Input() input: InputOf<typeof startMyFactor>, @Caller() caller: Principal) {
    const { factor, secret, uri, qr } = await this.starting.execute(input.body.name, caller);
    return { factor: factorView(factor), secret, otpauth_uri: uri, qr };
  }

  @Serve(activateMyFactor)
  async activate(@Input() input: InputOf<typeof activateMyFactor>, @Caller() caller: Principal) {
    const { factor, recoveryCodes } = await this.activating.execute(input.params.id, input.body.code, caller);
    return { factor: factorView(factor), recovery_codes: recoveryCodes === null ? null : [...recoveryCodes] };
  }

  @Serve(removeMyFactor)
  async remove(@Input() input: InputOf<typeof removeMyFactor>, @Caller() caller: Principal) {
    await this.removing.execute(input.params.id, input.body, caller);
  }

  @Serve(readRecoveryCodes)
  recoveryCodes(@Caller() caller: Principal) {
    return this.reading.recoveryCodes(caller);
  }

  @Serve(renewRecoveryCodes)
  async renew(@Caller() caller: Principal) {
    return { recovery_codes: await this.renewing.execute(caller) };
  }
}
