import { Injectable } from '@nestjs/common';
import { DomainError } from '@tollgate/api/kernel';

/** A destination as it is kept, and as it is shown. */
export interface DestinationForm {
  /** Canonical E.164, or a mailbox. */
  readonly to: string;
  readonly masked: string;
  /** What limits and the suppression list know it by: mailboxes that reach one person are one. `to` when left out. */
  readonly limitForm?: string;
}

/** Throws `invalid_destination` or `unsupported_line_type`. */
export type DestinationReader = (input: string) => DestinationForm;

/**
 * Where the slice that starts verifications says, in `onModuleInit`, how it reads destinations, so that a live test
 * number is kept in the very form in which a start looks for it. Until then a plain reading is used.
 */
@Injectable()
export class DestinationForms {
  private reader: DestinationReader = plainReading;

  register(reader: DestinationReader): void {
    this.reader = reader;
  }

  read(input: string): DestinationForm {
    return this.reader(input);
  }
}

const plainReading: DestinationReader = (input) => {
  if (/^\+[1-9]\d{6,14}$/.test(input)) return { to: input, masked: `${input.slice(0, 5)}***${input.slice(-4)}` };
  const mailbox = /^([^@\s]{1,64})@([a-z0-9.-]+\.[a-z]{2,})$/i.exec(input);
  const [, local, domain] = mailbox ?? [];
  if (local === undefined || domain === undefined) throw new DomainError('invalid_destination', { param: 'to' });
  return { to: `${local}@${domain.toLowerCase()}`, masked: `${local.charAt(0)}***@${domain.toLowerCase()}` };
};
