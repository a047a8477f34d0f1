import { Injectable } from '@nestjs/common';
import { MessageOwners, type MessageOwner, type SendEvent } from '../message-queue';

/** Sources that are nobody's: their messages hold no secret, and nobody wants to hear of them. */
const OWNERLESS: ReadonlySet<string> = new Set(['staff_mail']);

@Injectable()
export class MessageOwnerRegistry extends MessageOwners {
  private readonly owners = new Map<string, MessageOwner>();

  register(sourceType: string, owner: MessageOwner): void {
    if (this.owners.has(sourceType) || OWNERLESS.has(sourceType))
      throw new Error(`two owners of messages of type ${sourceType}`);
    this.owners.set(sourceType, owner);
  }

  /** Null for sources without an owner, and for types that nobody knows. */
  find(sourceType: string): MessageOwner | null {
    return this.owners.get(sourceType) ?? null;
  }

  /** Null for sources without an owner; throws for a type that somebody should own and nobody does. */
  ownerOf(sourceType: string): MessageOwner | null {
    const owner = this.owners.get(sourceType);
    if (owner === undefined && !OWNERLESS.has(sourceType))
      throw new Error(`nobody owns messages of type ${sourceType}`);
    return owner ?? null;
  }

  /** Each owner hears of all of its messages at once. */
  async tell(events: readonly SendEvent[]): Promise<void> {
    for (const [type, ofType] of Map.groupBy(events, ({ source }) => source.type)) {
      await this.ownerOf(type)?.onSends(ofType);
    }
  }
}
