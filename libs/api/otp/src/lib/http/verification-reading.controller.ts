import {
  getVerification,
  listTestMessages,
  listVerifications,
  revealVerificationDestination,
  type InputOf,
} from '@tollgate/contracts';
import { Controller } from '@nestjs/common';
import { Caller, Input, Serve } from '@tollgate/api/http';
import type { Principal } from '@tollgate/api/kernel';
import { ListTestMessages } from '../list-test-messages';
import { ListVerifications } from '../list-verifications';
import { ReadVerification } from '../read-verification';
import { RevealDestination } from '../reveal-destination';

/** What shows verifications, and what test keys would have sent. */
@Controller()
export class VerificationReadingController {
  constructor(
    private readonly reading: ReadVerification,
    private readonly listing: ListVerifications,
    private readonly revealing: RevealDestination,
    private readonly inbox: ListTestMessages,
  ) {}

  @Serve(listVerifications)
  list(@Input() { query }: InputOf<typeof listVerifications>, @Caller() caller: Principal) {
    return this.listing.execute(query, caller);
  }

  @Serve(getVerification)
  get(@Input() { params }: InputOf<typeof getVerification>, @Caller() caller: Principal) {
    return this.reading.execute(params.id, caller);
  }

  @Serve(revealVerificationDestination)
  reveal(@Input() { params }: InputOf<typeof revealVerificationDestination>, @Caller() caller: Principal) {
    return this.revealing.execute(params.id, caller);
  }

  @Serve(listTestMessages)
  testMessages(@Input() { query }: InputOf<typeof listTestMessages>, @Caller() caller: Principal) {
    return this.inbox.execute(query, caller);
  }
}
