import { Injectable } from '@nestjs/common';
import type { InputOf, NewKeyView, rotateKey } from '@tollgate/contracts';
import { UnitOfWork } from '@tollgate/api/database';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { keyState, retirementOf } from '../domain/key-state';
import { ApiKeys } from '../persistence/api-keys';
import { expiryOf } from './create-key';
import { KeyReplacement } from './key-replacement';
import { keyView } from './key-view';
import { MintKey } from './mint-key';

type Rotation = InputOf<typeof rotateKey>['body'];

const DEFAULT_OVERLAP_S = 86_400;

/**
 * Replaces a key without an interruption: the new one works at once, the old one until the overlap has passed. A key
 * is replaced once; the next rotation is that of its successor.
 */
@Injectable()
export class RotateKey {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly apiKeys: ApiKeys,
    private readonly mintKey: MintKey,
    private readonly replacement: KeyReplacement,
  ) {}

  /** Errors: not_found, key_state, too_many_keys, application_disabled, validation_failed. */
  async execute(id: string, rotation: Rotation, caller: Principal): Promise<NewKeyView> {
    const now = this.clock.recordedAt();
    const expiresAt = expiryOf(rotation.expires_at, now);
    return this.unitOfWork.run(async () => {
      const old = await this.apiKeys.find(scopeOf(caller), id);
      if (old === null) throw new DomainError('not_found');
      const state = keyState(old, now);
      if (state !== 'active') throw new DomainError('key_state', { extra: { status: state } });
      await this.replacement.makeRoom(old, now);
      const { row, token } = this.mintKey.mint({ ...old, expiresAt, replaces: old.id, createdBy: caller.label });
      await this.replacement.replace(old, row, retirementOf(old, now, rotation.overlap_s ?? DEFAULT_OVERLAP_S));
      return { ...keyView(row, now), token };
    });
  }
}
