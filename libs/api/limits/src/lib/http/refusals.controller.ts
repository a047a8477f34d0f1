import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import {
  addSuppression,
  getRefusal,
  listGuessLocks,
  listRefusals,
  listSuppressions,
  releaseGuessLock,
  removeSuppression,
  type InputOf,
} from '@tollgate/contracts';
import { ReadRefusals } from '../read-refusals';
import { ReleaseGuessLock } from '../release-guess-lock';
import { SuppressDestination } from '../suppress-destination';

@Controller()
export class RefusalsController {
  constructor(
    private readonly readRefusals: ReadRefusals,
    private readonly suppressDestination: SuppressDestination,
    private readonly guessLocks: ReleaseGuessLock,
  ) {}

  @Serve(listRefusals)
  list(@Input() input: InputOf<typeof listRefusals>, @Caller() caller: Principal) {
    return this.readRefusals.page(caller, input.query);
  }

  @Serve(getRefusal)
  get(@Input() input: InputOf<typeof getRefusal>, @Caller() caller: Principal) {
    return this.readRefusals.ofRequest(caller, input.params.request_id);
  }

  @Serve(listSuppressions)
  suppressions(@Input() input: InputOf<typeof listSuppressions>, @Caller() caller: Principal) {
    return this.suppressDestination.page(caller, input.query);
  }

  @Serve(addSuppression)
  suppress(@Input() input: InputOf<typeof addSuppression>, @Caller() caller: Principal) {
    return this.suppressDestination.execute(caller, input.body);
  }

  @Serve(removeSuppression)
  unsuppress(@Input() input: InputOf<typeof removeSuppression>, @Caller() caller: Principal) {
    return this.suppressDestination.remove(caller, input.params.id);
  }

  @Serve(listGuessLocks)
  locks(@Input() input: InputOf<typeof listGuessLocks>, @Caller() caller: Principal) {
    return this.guessLocks.page(caller, input.query);
  }

  @Serve(releaseGuessLock)
  release(@Input() input: InputOf<typeof releaseGuessLock>) {
    return this.guessLocks.execute(input.params.id, input.body.reason);
  }
}
