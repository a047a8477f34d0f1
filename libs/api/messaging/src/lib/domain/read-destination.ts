import { DomainError } from '@tollgate/api/kernel';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { Channel } from '../message-queue';

const MAILBOX =
  /^[^\s\p{Cc}"<>(),:;@[\]\\]{1,64}@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*$/u;

/** A destination that staff typed, for test messages. Real ones come canonical from whoever queues them. */
export function readDestination(input: string): {
  readonly to: string;
  readonly channel: Channel;
  readonly country: string | null;
} {
  const text = input.trim();
  if (text.includes('@')) {
    const at = text.lastIndexOf('@');
    const mailbox = `${text.slice(0, at)}@${text.slice(at + 1).toLowerCase()}`;
    if (!MAILBOX.test(mailbox) || mailbox.length > 254) throw new DomainError('invalid_destination', { param: 'to' });
    return { to: mailbox, channel: 'email', country: null };
  }
  const number = /^\+[0-9 ().-]{6,24}$/.test(text) ? parsePhoneNumberFromString(text) : undefined;
  if (number === undefined || !number.isPossible()) throw new DomainError('invalid_destination', { param: 'to' });
  return { to: number.number, channel: 'sms', country: number.country ?? null };
}
