import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { CreateApplication } from '../create-application';
import { DeleteApplication } from '../delete-application';
import { EditApplication } from '../edit-application';
import { ReadApplications } from '../read-applications';

@Controller()
export class ApplicationsController {
  constructor(
    private readonly read: ReadApplications,
    private readonly createApplication: CreateApplication,
    private readonly editApplication: EditApplication,
    private readonly deleteApplication: DeleteApplication,
  ) {}

  @Serve(contract.listApplications)
  list(@Input() input: InputOf<typeof contract.listApplications>, @Caller() caller: Principal) {
    return this.read.page(input.query, caller);
  }

  @Serve(contract.createApplication)
  create(@Input() input: InputOf<typeof contract.createApplication>, @Caller() caller: Principal) {
    return this.createApplication.execute(input.body, caller.actingOrganizationId);
  }

  @Serve(contract.getApplication)
  get(@Input() input: InputOf<typeof contract.getApplication>, @Caller() caller: Principal) {
    return this.read.one(input.params.id, caller);
  }

  @Serve(contract.updateApplication)
  async update(@Input() input: InputOf<typeof contract.updateApplication>, @Caller() caller: Principal) {
    return this.read.view(await this.editApplication.execute(input.params.id, input.body, caller));
  }

  @Serve(contract.deleteApplication)
  async delete(@Input() input: InputOf<typeof contract.deleteApplication>, @Caller() caller: Principal) {
    await this.deleteApplication.execute(input.params.id, caller);
  }

  @Serve(contract.testApplicationAddress)
  testAddress(@Input() input: InputOf<typeof contract.testApplicationAddress>, @Caller() caller: Principal) {
    return this.read.testAddress(input.params.id, input.body, caller);
  }

  @Serve(contract.getApplicationSettings)
  settings(@Input() input: InputOf<typeof contract.getApplicationSettings>, @Caller() caller: Principal) {
    return this.read.settings(input.params.id, caller);
  }

  @Serve(contract.updateApplicationSettings)
  updateSettings(@Input() input: InputOf<typeof contract.updateApplicationSettings>, @Caller() caller: Principal) {
    return this.editApplication.settings(input.params.id, input.body, caller);
  }
}
