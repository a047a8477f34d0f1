import { domainToASCII } from 'node:url';
import { DomainError } from '@tollgate/api/kernel';

/** A mailbox, as it is written to. */
export interface MailDestination {
  readonly kind: 'mail';
  /** Local part as given, domain in lower-case ASCII. */
  readonly to: string;
  readonly country: null;
  /** The domain. */
  readonly prefix: string;
}

const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** What a URL parser would read as the end of a host, or decode: it must not get to see any of it. */
const NOT_A_HOST = /[\s\p{Cc}\p{Cf}/\\?#@:%[\]<>,;"()|^`{}*!$&'+=~]/u;

const GOOGLE = new Set(['gmail.com', 'googlemail.com']);

function refuse(): never {
  throw new DomainError('invalid_destination', { param: 'to' });
}

/**
 * Reads a mailbox: a dot-atom before the @ and a public host name after it. Quoted local parts, comments, address
 * literals, control characters and anything that could end a header line are refused rather than cleaned. The domain
 * becomes lower-case ASCII (IDNA, UTS 46); the local part is left alone, for only its host knows what it means.
 *
 * @throws invalid_destination
 */
export function readMailbox(input: string): MailDestination {
  const at = input.lastIndexOf('@');
  const local = input.slice(0, at);
  const host = input.slice(at + 1);
  if (at < 1 || local.length > 64 || !LOCAL.test(local) || NOT_A_HOST.test(host)) refuse();
  const domain = domainToASCII(host);
  if (domain.length > 253 || !DOMAIN.test(domain) || local.length + domain.length > 253) refuse();
  return { kind: 'mail', to: `${local}@${domain}`, country: null, prefix: domain };
}

/**
 * The form that limits count by: what reaches the same person costs one person's allowance. Case and `+tag` never
 * count; at Gmail neither do dots. Never written to.
 */
export function foldedMailbox(mailbox: MailDestination): string {
  const local = mailbox.to.slice(0, mailbox.to.lastIndexOf('@')).toLowerCase();
  const plus = local.indexOf('+');
  const person = plus > 0 ? local.slice(0, plus) : local;
  if (!GOOGLE.has(mailbox.prefix)) return `${person}@${mailbox.prefix}`;
  return `${person.replaceAll('.', '')}@gmail.com`;
}
