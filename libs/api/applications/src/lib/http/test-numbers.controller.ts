import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { AddTestNumber } from '../test-numbers/add-test-number';
import { ReadTestNumbers } from '../test-numbers/read-test-numbers';
import { RemoveTestNumber } from '../test-numbers/remove-test-number';

@Controller()
export class TestNumbersController {
  constructor(
    private readonly readTestNumbers: ReadTestNumbers,
    private readonly addTestNumber: AddTestNumber,
    private readonly removeTestNumber: RemoveTestNumber,
  ) {}

  @Serve(contract.listTestNumbers)
  list(@Input() input: InputOf<typeof contract.listTestNumbers>, @Caller() caller: Principal) {
    return this.readTestNumbers.execute(input.params.id, caller);
  }

  @Serve(contract.createTestNumber)
  create(@Input() input: InputOf<typeof contract.createTestNumber>, @Caller() caller: Principal) {
    return this.addTestNumber.execute(input.params.id, input.body, caller);
  }

  @Serve(contract.deleteTestNumber)
  async delete(@Input() input: InputOf<typeof contract.deleteTestNumber>, @Caller() caller: Principal) {
    await this.removeTestNumber.execute(input.params.id, input.params.number_id, caller);
  }
}
