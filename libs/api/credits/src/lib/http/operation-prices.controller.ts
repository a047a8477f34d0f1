import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { listOperationPrices, previewOperationPrices, setOperationPrice, type InputOf } from '@tollgate/contracts';
import { ListOperationPrices } from '../list-operation-prices';
import { PreviewOperationPrices } from '../preview-operation-prices';
import { SetOperationPrice } from '../set-operation-price';

@Controller()
export class OperationPricesController {
  constructor(
    private readonly listPrices: ListOperationPrices,
    private readonly setPrice: SetOperationPrice,
    private readonly previewPrices: PreviewOperationPrices,
  ) {}

  @Serve(listOperationPrices)
  list(@Input() input: InputOf<typeof listOperationPrices>) {
    return this.listPrices.execute(input.query);
  }

  @Serve(setOperationPrice)
  set(@Input() input: InputOf<typeof setOperationPrice>, @Caller() caller: Principal) {
    return this.setPrice.execute(caller, input.body);
  }

  @Serve(previewOperationPrices)
  preview(@Input() input: InputOf<typeof previewOperationPrices>, @Caller() caller: Principal) {
    return this.previewPrices.execute(caller, input.body);
  }
}
