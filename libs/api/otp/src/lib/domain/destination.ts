import { DomainError } from '@tollgate/api/kernel';
import { foldedMailbox, readMailbox, type MailDestination } from './mailbox';
import { readPhoneNumber, type PhoneDestination } from './phone-number';

export type Destination = PhoneDestination | MailDestination;

/** The channel that reaches a kind of destination. */
export function channelFor(destination: Destination): 'sms' | 'email' {
  return destination.kind === 'phone' ? 'sms' : 'email';
}

/** @throws invalid_destination, unsupported_line_type */
export function readDestination(input: string): Destination {
  return input.includes('@') ? readMailbox(input) : readPhoneNumber(input);
}

/**
 * Reads a destination that the channel has to reach.
 * @throws invalid_destination, unsupported_line_type
 */
export function readDestinationFor(channel: 'sms' | 'email', input: string): Destination {
  const destination = readDestination(input);
  if (channelFor(destination) === channel) return destination;
  const detail = channel === 'sms' ? 'SMS needs a phone number in E.164' : 'E-mail needs a mailbox';
  throw new DomainError('invalid_destination', { param: 'to', detail });
}

/** What limits count by; see `foldedMailbox`. Of a number it is the number itself. */
export function limitForm(destination: Destination): string {
  return destination.kind === 'phone' ? destination.to : foldedMailbox(destination);
}

/**
 * How a destination is shown: `+2782***4567`, `a***@b.c`. At least three characters stay hidden, and of a mailbox all
 * but the first: masks stand in lists and logs for longer than the destination itself.
 */
export function maskOf(destination: Destination): string {
  const { to } = destination;
  if (destination.kind === 'mail') return `${to.charAt(0)}***${to.slice(to.lastIndexOf('@'))}`;
  const shown = Math.max(0, Math.min(5, to.length - 4 - 3));
  return `${to.slice(0, shown)}***${to.slice(-4)}`;
}
