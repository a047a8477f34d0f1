import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { CreateProvider } from '../provider-acts/create-provider';
import { DeleteProvider } from '../provider-acts/delete-provider';
import { ReadProviderHealth } from '../provider-acts/read-provider-health';
import { ReadProviders } from '../provider-acts/read-providers';
import { TestSendProvider } from '../provider-acts/test-send-provider';
import { UpdateProvider } from '../provider-acts/update-provider';

@Controller()
export class ProvidersController {
  constructor(
    private readonly read: ReadProviders,
    private readonly createProvider: CreateProvider,
    private readonly updateProvider: UpdateProvider,
    private readonly deleteProvider: DeleteProvider,
    private readonly testSendProvider: TestSendProvider,
    private readonly readHealth: ReadProviderHealth,
  ) {}

  @Serve(contract.listProviders)
  list(@Input() input: InputOf<typeof contract.listProviders>, @Caller() caller: Principal) {
    return this.read.page(input.query, caller);
  }

  @Serve(contract.getProvider)
  get(@Input() input: InputOf<typeof contract.getProvider>, @Caller() caller: Principal) {
    return this.read.one(input.params.id, caller);
  }

  @Serve(contract.createProvider)
  async create(@Input() input: InputOf<typeof contract.createProvider>, @Caller() caller: Principal) {
    return this.read.view(await this.createProvider.execute(input.body), caller);
  }

  @Serve(contract.updateProvider)
  async update(@Input() input: InputOf<typeof contract.updateProvider>, @Caller() caller: Principal) {
    return this.read.view(await this.updateProvider.execute(input.params.id, input.body), caller);
  }

  @Serve(contract.deleteProvider)
  async delete(@Input() input: InputOf<typeof contract.deleteProvider>) {
    await this.deleteProvider.execute(input.params.id);
  }

  @Serve(contract.testSendProvider)
  testSend(@Input() input: InputOf<typeof contract.testSendProvider>) {
    return this.testSendProvider.execute(input.params.id, input.body);
  }

  @Serve(contract.getProviderHealth)
  health(@Input() input: InputOf<typeof contract.getProviderHealth>) {
    return this.readHealth.execute(input.params.id);
  }
}
