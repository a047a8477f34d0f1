import type { Channel, SendState } from '../message-queue';

/** A row of `message` in the words of the code. Written by hand-made statements: this table is hot. */
export interface MessageRow {
  readonly id: string;
  readonly organizationId: string;
  readonly applicationId: string | null;
  readonly test: boolean;
  readonly channel: Channel;
  readonly destinationHash: string | null;
  readonly destinationSealed: string | null;
  readonly destinationMasked: string;
  readonly country: string | null;
  readonly locale: string;
  readonly template: string;
  readonly templateId: string | null;
  readonly templateVersion: number | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly subject: string | null;
  readonly sourceType: string;
  readonly sourceId: string;
  readonly webDomain: string | null;
  readonly androidHash: string | null;
  readonly scenario: string | null;
  readonly expiresAt: number | null;
  readonly state: SendState;
  readonly providerId: string | null;
  readonly provider: string | null;
  readonly providerMessageId: string | null;
  readonly errorClass: string | null;
  readonly errorCode: string | null;
  /** A failure that was reported after the delivery. */
  readonly note: string | null;
  readonly segments: number | null;
  readonly attempts: number;
  /** How often a provider asked us to come back later. */
  readonly retries: number;
  /** How often it was sent once more because a report told of a failure. */
  readonly redispatches: number;
  /** A call of unknown outcome lies behind it: nobody may say that it was not sent. */
  readonly maybeSent: boolean;
  /** Whoever has it; proves on writing that they still do. */
  readonly claim: string | null;
  readonly dueAt: number | null;
  readonly queuedAt: number;
  readonly acceptedAt: number | null;
  readonly deliveredAt: number | null;
}

const FIELDS = [
  'id',
  'organizationId',
  'applicationId',
  'test',
  'channel',
  'destinationHash',
  'destinationSealed',
  'destinationMasked',
  'country',
  'locale',
  'template',
  'templateId',
  'templateVersion',
  'variables',
  'subject',
  'sourceType',
  'sourceId',
  'webDomain',
  'androidHash',
  'scenario',
  'expiresAt',
  'state',
  'providerId',
  'provider',
  'providerMessageId',
  'errorClass',
  'errorCode',
  'note',
  'segments',
  'attempts',
  'retries',
  'redispatches',
  'maybeSent',
  'claim',
  'dueAt',
  'queuedAt',
  'acceptedAt',
  'deliveredAt',
] as const satisfies readonly (keyof MessageRow)[];

const columnOf = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

export const MESSAGE_COLUMNS: readonly string[] = FIELDS.map(columnOf);
/** For SELECT from `message m`. */
export const MESSAGE_SELECT = MESSAGE_COLUMNS.map((column) => `m.${column}`).join(', ');

export type RawMessage = Readonly<Record<string, string | number | null>>;

export function messageFromRaw(raw: RawMessage): MessageRow {
  const row: Record<string, unknown> = {};
  for (const field of FIELDS) row[field] = raw[columnOf(field)] ?? null;
  row['test'] = Boolean(raw['test']);
  row['maybeSent'] = Boolean(raw['maybe_sent']);
  row['variables'] = JSON.parse(String(raw['variables'])) as unknown;
  return row as unknown as MessageRow;
}

export function valuesOf(row: MessageRow): (string | number | null)[] {
  return FIELDS.map((field) => {
    const value = row[field];
    if (typeof value === 'boolean') return value ? 1 : 0;
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
  });
}
