import { Injectable } from '@nestjs/common';
import type { HoldSource, HoldSources } from './hold-sources';

@Injectable()
export class RegisteredHoldSources implements HoldSources {
  private readonly sources = new Map<string, HoldSource>();

  register(source: HoldSource): void {
    if (this.sources.has(source.type)) throw new Error(`the hold source ${source.type} is registered already`);
    this.sources.set(source.type, source);
  }

  all(): readonly HoldSource[] {
    return [...this.sources.values()];
  }
}
