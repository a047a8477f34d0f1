import type { FactorCheckResult } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import type { Quote } from '@tollgate/api/credits';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { applicationCaller, type ApplicationCaller } from '../application-caller';
import { triesLeft } from '../domain/factor-lock';
import { InTurn } from '../domain/in-turn';
import { isCodeOf } from '../domain/one-time-code';
import type { Factor } from '../persistence/factor.entity';
import { Factors } from '../persistence/factors';
import { NoteFactorCheck } from './note-factor-check';
import { ProveFactor, type FactorProof } from './prove-factor';
import { RecoverFactor } from './recover-factor';

export interface FactorCheckBody {
  readonly code?: string | undefined;
  readonly recovery_code?: string | undefined;
}

/** Checks of one authenticator that write at the same time; more would only wait for its row. */
const MOST_AT_ONCE = 4;

type Typed = { readonly kind: 'code' | 'recovery_code'; readonly text: string };

/**
 * Checks a code of an authenticator outside any verification. Nothing was held before, so it costs `verification.check` each
 * time one is evaluated, right or wrong, and can be refused for lack of credits before it is looked at.
 */
@Injectable()
export class CheckFactor {
  private readonly turns = new InTurn(MOST_AT_ONCE);

  constructor(
    private readonly factors: Factors,
    private readonly proving: ProveFactor,
    private readonly recovering: RecoverFactor,
    private readonly noting: NoteFactorCheck,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** @throws factor_not_found, factor_state, factor_locked, invalid_code_format, insufficient_credits */
  async execute(id: string, body: FactorCheckBody, principal: Principal): Promise<FactorCheckResult> {
    const caller = applicationCaller(principal);
    const typed = typedOf(body);
    const price = await this.noting.priceFor(caller.test);
    return this.turns.run(id, () => this.check(id, typed, price, caller));
  }

  private check(id: string, typed: Typed, price: Quote | null, caller: ApplicationCaller): Promise<FactorCheckResult> {
    const at = this.clock.now();
    return this.unitOfWork.run(async () => {
      const factor = await this.factors.find(id, caller);
      if (factor === null || factor.status === 'deleted') throw new DomainError('factor_not_found');
      if (factor.status !== 'active')
        throw new DomainError('factor_state', { detail: 'Activate the authenticator first' });
      const proof = await this.proof(factor, typed, at);
      const left = (await this.factors.recoveryCodesLeft([id])).get(id) ?? 0;
      await this.noting.note(
        factor,
        typed.kind === 'recovery_code' && proof === 'right' ? 'recovered' : proof,
        price,
        at,
      );
      return {
        valid: proof === 'right',
        status: 'active',
        reason: proof === 'right' ? null : proof,
        checks_remaining: triesLeft(proof === 'right' ? 0 : factor.failedCount + 1),
        recovery_codes_remaining: left,
      };
    });
  }

  private proof(factor: Factor, typed: Typed, at: number): Promise<FactorProof> {
    return typed.kind === 'code'
      ? this.proving.prove(factor, typed.text, at)
      : this.recovering.recover(factor, typed.text, at);
  }
}

/** Exactly one of the two. */
function typedOf(body: FactorCheckBody): Typed {
  if (body.recovery_code !== undefined && body.code === undefined) {
    return { kind: 'recovery_code', text: body.recovery_code };
  }
  if (body.code === undefined || body.recovery_code !== undefined) {
    const issues = [{ path: 'code', message: 'send either code or recovery_code' }];
    throw new DomainError('validation_failed', { param: 'code', issues });
  }
  if (!isCodeOf(6, body.code)) throw new DomainError('invalid_code_format', { param: 'code' });
  return { kind: 'code', text: body.code };
}
