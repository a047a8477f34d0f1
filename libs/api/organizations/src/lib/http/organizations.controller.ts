import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { CreateOrganization } from '../create-organization';
import { EditOrganization } from '../edit-organization';
import { ReadOrganizations } from '../read-organizations';
import { SuspendOrganization } from '../suspend-organization';

@Controller()
export class OrganizationsController {
  constructor(
    private readonly read: ReadOrganizations,
    private readonly createOrganization: CreateOrganization,
    private readonly editOrganization: EditOrganization,
    private readonly suspendOrganization: SuspendOrganization,
  ) {}

  @Serve(contract.listOrganizations)
  list(@Input() input: InputOf<typeof contract.listOrganizations>, @Caller() caller: Principal) {
    return this.read.page(input.query, caller);
  }

  @Serve(contract.createOrganization)
  create(@Input() input: InputOf<typeof contract.createOrganization>) {
    return this.createOrganization.execute(input.body);
  }

  @Serve(contract.getOrganization)
  get(@Input() input: InputOf<typeof contract.getOrganization>, @Caller() caller: Principal) {
    return this.read.one(input.params.id, caller);
  }

  @Serve(contract.updateOrganization)
  update(@Input() input: InputOf<typeof contract.updateOrganization>, @Caller() caller: Principal) {
    return this.editOrganization.execute(input.params.id, input.body, caller);
  }

  @Serve(contract.suspendOrganization)
  suspend(@Input() input: InputOf<typeof contract.suspendOrganization>, @Caller() caller: Principal) {
    return this.suspendOrganization.suspend(input.params.id, input.body.reason, caller);
  }

  @Serve(contract.reactivateOrganization)
  reactivate(@Input() input: InputOf<typeof contract.reactivateOrganization>, @Caller() caller: Principal) {
    return this.suspendOrganization.reactivate(input.params.id, input.body.reason, caller);
  }
}
