import { DomainError } from '@tollgate/api/kernel';
import { parsePhoneNumberFromString, type PhoneNumber } from 'libphonenumber-js/max';

/** A number that can receive an SMS, in its one canonical form. */
export interface PhoneDestination {
  readonly kind: 'phone';
  /** Canonical E.164. */
  readonly to: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** E.164 less its last four digits: the block that pumping fraud walks through. */
  readonly prefix: string;
}

/** Lines that take an SMS. Numbers of the US and of some others do not say whether they are mobile. */
const SENDABLE = new Set(['MOBILE', 'FIXED_LINE_OR_MOBILE', 'VOIP']);

/**
 * One handset has one number here, or limits and the pending key could be walked around.
 * Argentina: the 9 of mobiles may be left out, so a number without it is read as the mobile one. Mexico: the 1 of
 * mobiles was abolished in 2019 and is dropped.
 */
function canonicalForm(e164: string): string {
  if (/^\+54[1-8]\d{9}$/.test(e164)) return `+549${e164.slice(3)}`;
  if (/^\+521\d{10}$/.test(e164)) return `+52${e164.slice(4)}`;
  return e164;
}

function parse(e164: string): PhoneNumber | undefined {
  return parsePhoneNumberFromString(e164, { extract: false });
}

/**
 * Reads a phone number strictly as E.164. Full-width digits, as Asian keyboards make them, are the same digits;
 * extensions, spaces and punctuation are refused, because what is stored and counted must be what was sent.
 * The `max` metadata is needed: the smaller sets do not tell mobiles of India or South Africa from landlines.
 *
 * @throws invalid_destination, unsupported_line_type
 */
export function readPhoneNumber(input: string): PhoneDestination {
  const plain = input.normalize('NFKC');
  if (!/^\+[1-9][0-9]{6,14}$/.test(plain)) throw new DomainError('invalid_destination', { param: 'to' });
  const number = parse(canonicalForm(plain));
  if (number === undefined || !number.isValid()) throw new DomainError('invalid_destination', { param: 'to' });
  const type = number.getType();
  // A number of no country is a satellite or international network: priced like premium, and a favourite of fraud.
  if (number.country === undefined || type === undefined || !SENDABLE.has(type)) {
    throw new DomainError('unsupported_line_type', { param: 'to' });
  }
  return { kind: 'phone', to: number.number, country: number.country, prefix: number.number.slice(0, -4) };
}
