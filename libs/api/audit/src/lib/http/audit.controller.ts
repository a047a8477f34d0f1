import { Controller } from '@nestjs/common';
import { getAuditEvent, listAuditEvents, verifyAudit, type InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import { scopeOf, type Principal } from '@tollgate/api/kernel';
import { ReadAuditLog } from '../read-audit-log';
import { VerifyAuditChain } from '../verify-audit-chain';

@Controller()
export class AuditController {
  constructor(
    private readonly read: ReadAuditLog,
    private readonly verifyAuditChain: VerifyAuditChain,
  ) {}

  @Serve(listAuditEvents)
  list(@Input() input: InputOf<typeof listAuditEvents>, @Caller() caller: Principal) {
    return this.read.page(input.query, caller);
  }

  @Serve(getAuditEvent)
  get(@Input() input: InputOf<typeof getAuditEvent>, @Caller() caller: Principal) {
    return this.read.one(input.params.id, caller);
  }

  @Serve(verifyAudit)
  verify(@Caller() caller: Principal) {
    return this.verifyAuditChain.execute(scopeOf(caller));
  }
}
