import { Injectable } from '@nestjs/common';
import { UsageEvents } from './persistence/usage-events';
import { UsageMeter, type UsageDelta } from './usage-meter';

/** Writes what happened in the transaction in which it happened. */
@Injectable()
export class CountUsage implements UsageMeter {
  constructor(private readonly events: UsageEvents) {}

  async count(deltas: readonly UsageDelta[]): Promise<void> {
    await this.events.insert(deltas);
  }
}
