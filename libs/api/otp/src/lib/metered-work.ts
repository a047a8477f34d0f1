import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { InTurn } from './domain/in-turn';

/** Enough to keep the account row busy through every commit; more would only wait for its lock. */
const MOST_AT_ONCE = 8;

/**
 * Units of work that end at an account. So many of one organization run at a time in this process: they all end at
 * one row, and any more would each hold a database connection while they wait for it, so that a busy organization
 * would leave none for the others. What is right does not depend on it.
 */
@Injectable()
export class MeteredWork {
  private readonly turns = new InTurn(MOST_AT_ONCE);

  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Test keys touch no account, so they wait for nobody. */
  run<T>(of: { readonly organizationId: string; readonly test: boolean }, work: () => Promise<T>): Promise<T> {
    if (of.test) return this.unitOfWork.run(work);
    return this.turns.run(of.organizationId, () => this.unitOfWork.run(work));
  }
}
