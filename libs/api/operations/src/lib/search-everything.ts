import { Injectable, Logger } from '@nestjs/common';
import type { SearchHit } from '@tollgate/contracts';
import { SearchSources } from '@tollgate/api/database';
import { scopeOf, type Principal } from '@tollgate/api/kernel';

const MOST_HITS = 20;
const MOST_OF_A_KIND = 6;

/** Asks every slice whose things the caller may see. One that fails leaves the others' hits. */
@Injectable()
export class SearchEverything {
  private readonly logger = new Logger('SearchEverything');

  constructor(private readonly sources: SearchSources) {}

  async execute(text: string, caller: Principal): Promise<SearchHit[]> {
    const allowed = this.sources.all().filter((source) => caller.permissions.has(source.permission));
    const found = await Promise.all(
      allowed.map(async (source) => {
        try {
          return await source.search(text.trim(), scopeOf(caller), MOST_OF_A_KIND);
        } catch (error) {
          this.logger.warn({ msg: 'a search source failed', err: error });
          return [];
        }
      }),
    );
    return found.flat().slice(0, MOST_HITS);
  }
}
