import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import {
  adjustCredits,
  getCredits,
  grantCredits,
  listCreditEntries,
  verifyCredits,
  type InputOf,
} from '@tollgate/contracts';
import { GrantCredits } from '../grant-credits';
import { ListCreditEntries } from '../list-credit-entries';
import { ReadBalance } from '../read-balance';
import { VerifyLedger } from '../verify-ledger';

@Controller()
export class CreditsController {
  constructor(
    private readonly readBalance: ReadBalance,
    private readonly listEntries: ListCreditEntries,
    private readonly grantCredits: GrantCredits,
    private readonly verifyLedger: VerifyLedger,
  ) {}

  @Serve(getCredits)
  balance(@Caller() caller: Principal) {
    return this.readBalance.execute(caller);
  }

  @Serve(listCreditEntries)
  entries(@Input() input: InputOf<typeof listCreditEntries>, @Caller() caller: Principal) {
    return this.listEntries.execute(caller, input.query);
  }

  @Serve(grantCredits)
  grant(@Input() input: InputOf<typeof grantCredits>, @Caller() caller: Principal) {
    return this.grantCredits.execute(caller, 'grant', input.body);
  }

  @Serve(adjustCredits)
  adjust(@Input() input: InputOf<typeof adjustCredits>, @Caller() caller: Principal) {
    return this.grantCredits.execute(caller, 'adjustment', input.body);
  }

  @Serve(verifyCredits)
  integrity() {
    return this.verifyLedger.verify();
  }
}
