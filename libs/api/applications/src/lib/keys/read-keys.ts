import { Injectable } from '@nestjs/common';
import type { KeyView, Page } from '@tollgate/contracts';
import { Clock, DomainError, scopeOf, type Principal } from '@tollgate/api/kernel';
import { ApiKeys, type KeyQuery } from '../persistence/api-keys';
import { Applications } from '../persistence/applications';
import { keyView } from './key-view';

/** Reads keys of the caller's organization, never their tokens: nobody has them. */
@Injectable()
export class ReadKeys {
  constructor(
    private readonly clock: Clock,
    private readonly applications: Applications,
    private readonly apiKeys: ApiKeys,
  ) {}

  page(query: KeyQuery, caller: Principal): Promise<Page<KeyView>> {
    return this.list(null, query, caller);
  }

  /** Errors: not_found. */
  async ofApplication(applicationId: string, query: KeyQuery, caller: Principal): Promise<Page<KeyView>> {
    if ((await this.applications.find(scopeOf(caller), applicationId)) === null) throw new DomainError('not_found');
    return this.list(applicationId, query, caller);
  }

  /** Errors: not_found. */
  async one(id: string, caller: Principal): Promise<KeyView> {
    const key = await this.apiKeys.find(scopeOf(caller), id);
    if (key === null) throw new DomainError('not_found');
    return keyView(key, this.clock.recordedAt());
  }

  private async list(applicationId: string | null, query: KeyQuery, caller: Principal): Promise<Page<KeyView>> {
    const now = this.clock.recordedAt();
    const found = await this.apiKeys.page(scopeOf(caller), applicationId, query, now);
    return { ...found, data: found.data.map((key) => keyView(key, now)) };
  }
}
