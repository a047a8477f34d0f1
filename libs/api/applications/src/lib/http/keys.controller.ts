import { Controller } from '@nestjs/common';
import * as contract from '@tollgate/contracts';
import type { InputOf } from '@tollgate/contracts';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { CreateKey } from '../keys/create-key';
import { ReadKeys } from '../keys/read-keys';
import { RevokeKey } from '../keys/revoke-key';
import { RotateKey } from '../keys/rotate-key';

@Controller()
export class KeysController {
  constructor(
    private readonly read: ReadKeys,
    private readonly createKey: CreateKey,
    private readonly rotateKey: RotateKey,
    private readonly revokeKey: RevokeKey,
  ) {}

  @Serve(contract.listKeys)
  list(@Input() input: InputOf<typeof contract.listKeys>, @Caller() caller: Principal) {
    return this.read.page(input.query, caller);
  }

  @Serve(contract.listApplicationKeys)
  listOfApplication(@Input() input: InputOf<typeof contract.listApplicationKeys>, @Caller() caller: Principal) {
    return this.read.ofApplication(input.params.id, input.query, caller);
  }

  @Serve(contract.createKey)
  create(@Input() input: InputOf<typeof contract.createKey>, @Caller() caller: Principal) {
    return this.createKey.execute(input.params.id, input.body, caller);
  }

  @Serve(contract.getKey)
  get(@Input() input: InputOf<typeof contract.getKey>, @Caller() caller: Principal) {
    return this.read.one(input.params.id, caller);
  }

  @Serve(contract.rotateKey)
  rotate(@Input() input: InputOf<typeof contract.rotateKey>, @Caller() caller: Principal) {
    return this.rotateKey.execute(input.params.id, input.body, caller);
  }

  @Serve(contract.revokeKey)
  revoke(@Input() input: InputOf<typeof contract.revokeKey>, @Caller() caller: Principal) {
    return this.revokeKey.execute(input.params.id, input.body.reason, caller);
  }
}
