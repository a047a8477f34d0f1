import { Injectable } from '@nestjs/common';
import { KeyedHash, SecretBox } from '@tollgate/api/crypto';
import { maskDestination } from './domain/mask-destination';

/** How destinations lie in the database: sealed for delivery, hashed for exact search, masked for eyes. */
@Injectable()
export class DestinationCover {
  constructor(
    private readonly secretBox: SecretBox,
    private readonly keyedHash: KeyedHash,
  ) {}

  of(messageId: string, to: string) {
    return {
      destinationHash: this.hashOf(to),
      destinationSealed: this.secretBox.seal(to, contextOf(messageId)),
      destinationMasked: maskDestination(to),
    };
  }

  /** The canonical form, as `MessageQueue.enqueue` got it. */
  hashOf(to: string): string {
    return this.keyedHash.of('destination', to);
  }

  open(messageId: string, sealed: string): string {
    return this.secretBox.open(sealed, contextOf(messageId));
  }
}

const contextOf = (messageId: string): string => `message:${messageId}`;
