import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import {
  changeFraudRules,
  changeLimits,
  getFraudRules,
  getLimits,
  previewFraudRules,
  previewLimits,
  type InputOf,
} from '@tollgate/contracts';
import { ChangeFraudRules } from '../change-fraud-rules';
import { ChangeLimits } from '../change-limits';
import { PreviewRules } from '../preview-rules';
import { ReadFraudRules } from '../read-fraud-rules';
import { ReadLimits } from '../read-limits';

@Controller()
export class LimitsController {
  constructor(
    private readonly readLimits: ReadLimits,
    private readonly changeLimits: ChangeLimits,
    private readonly readFraudRules: ReadFraudRules,
    private readonly changeFraudRules: ChangeFraudRules,
    private readonly preview: PreviewRules,
  ) {}

  @Serve(getLimits)
  limits() {
    return this.readLimits.execute();
  }

  @Serve(changeLimits)
  change(@Input() input: InputOf<typeof changeLimits>, @Caller() caller: Principal) {
    return this.changeLimits.execute(caller, input.body);
  }

  @Serve(previewLimits)
  previewLimits(@Input() input: InputOf<typeof previewLimits>) {
    return this.preview.limitsChange(input.body);
  }

  @Serve(getFraudRules)
  fraudRules() {
    return this.readFraudRules.execute();
  }

  @Serve(changeFraudRules)
  changeFraud(@Input() input: InputOf<typeof changeFraudRules>, @Caller() caller: Principal) {
    return this.changeFraudRules.execute(caller, input.body);
  }

  @Serve(previewFraudRules)
  previewFraud(@Input() input: InputOf<typeof previewFraudRules>) {
    return this.preview.fraudChange(input.body);
  }
}
