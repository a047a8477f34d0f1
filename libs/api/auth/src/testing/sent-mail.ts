import { MessageOwners, StaffMail, type MessageOwner } from '@tollgate/api/messaging';

type Mail = Parameters<StaffMail['queue']>[0];

/** Stands in for the messaging slice: keeps staff mail, and writes its secret as the dispatcher would. */
export class SentMail extends StaffMail {
  readonly mails: Mail[] = [];
  private readonly registered = new Map<string, MessageOwner>();
  readonly owners: MessageOwners = { register: (type, owner) => void this.registered.set(type, owner) };

  queue(mail: Mail): Promise<void> {
    this.mails.push(mail);
    return Promise.resolve();
  }

  /** The secret of the last mail to this address at the moment of sending; null when there is nothing to send. */
  async secretFor(to: string): Promise<string | null> {
    const mail = this.mails.findLast((one) => one.to === to);
    const owner = this.registered.get(mail?.source?.type ?? '');
    return (await owner?.secret(mail?.source?.id ?? ''))?.code ?? null;
  }

  get overrides() {
    return [
      { provide: StaffMail, useValue: this },
      { provide: MessageOwners, useValue: this.owners },
    ];
  }
}
