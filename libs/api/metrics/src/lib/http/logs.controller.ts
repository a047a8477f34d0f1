import { Controller } from '@nestjs/common';
import { getRequest, listRequests, listUsage, type InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { ListRequests } from '../list-requests';
import { ListUsage } from '../list-usage';

@Controller()
export class LogsController {
  constructor(
    private readonly usage: ListUsage,
    private readonly requests: ListRequests,
  ) {}

  @Serve(listUsage)
  listUsage(@Input() input: InputOf<typeof listUsage>, @Caller() caller: Principal) {
    return this.usage.execute(input.query, caller);
  }

  @Serve(listRequests)
  listRequests(@Input() input: InputOf<typeof listRequests>, @Caller() caller: Principal) {
    return this.requests.list(input.query, caller);
  }

  @Serve(getRequest)
  getRequest(@Input() input: InputOf<typeof getRequest>, @Caller() caller: Principal) {
    return this.requests.get(input.params.id, caller);
  }
}
