import type { ErrorClass, Refusal } from './delivery-provider';

/**
 * What each vendor's codes mean to the router, as data. Sources: Twilio's error dictionary, SendGrid's v3 error and event
 * reference, Fast2SMS' developer pages, RFC 5321 and nodemailer's error codes.
 */
interface Meaning {
  readonly class: ErrorClass;
  readonly suppress?: true;
  readonly alarm?: true;
}

const destination: Meaning = { class: 'permanent_destination' };
const optedOut: Meaning = { class: 'permanent_destination', suppress: true };
const config: Meaning = { class: 'permanent_config', alarm: true };
const content: Meaning = { class: 'content', alarm: true };
const failover: Meaning = { class: 'failover' };
const retrySame: Meaning = { class: 'retry_same' };
const fraud: Meaning = { class: 'fraud', alarm: true };
const expired: Meaning = { class: 'expired' };

const table = (...rows: readonly (readonly [Meaning, string])[]): ReadonlyMap<string, Meaning> =>
  new Map(rows.flatMap(([meaning, codes]) => codes.split(' ').map((code) => [code, meaning] as const)));

const TABLES = {
  /** Answers of Twilio's Messages API. */
  twilio_api: table(
    [destination, '21211 21614 21635'],
    [optedOut, '21610'],
    [failover, '21612 21611'],
    [config, '21408 21606 20003 20404 20008 21603 21659 21660'],
    [content, '21617 21602 63038'],
    [retrySame, '20429'],
  ),
  /** `ErrorCode` of Twilio's status callbacks. */
  twilio_dlr: table(
    [retrySame, '30003'],
    [destination, '30004 30005 30006'],
    [content, '30007 30034 30032'],
    [failover, '30001 30008 30022 30023 30410'],
    [expired, '30036'],
    [fraud, '30450'],
    [config, '30002'],
  ),
  /** Twilio Verify and Lookup codes, met when a relay stands in front of them. */
  twilio_verify: table(
    [destination, '60200 60205'],
    [retrySame, '60202 60203 60212'],
    [fraud, '60410 60605 60413 60238'],
  ),
  /** `status_code` of Fast2SMS. */
  fast2sms: table(
    [config, '401 402 403 404 405 406 407 408 409 410 412 413 414 415 424 425 426 500 990 996 998 999'],
    [destination, '411'],
    [{ class: 'failover', alarm: true }, '416'],
    [failover, '995'],
    [{ class: 'permanent_config' }, '997'],
  ),
  /** Error codes of nodemailer and of the socket. */
  smtp: table(
    [failover, 'ECONNECTION EDNS ECONNREFUSED ENOTFOUND EAI_AGAIN EHOSTUNREACH ENETUNREACH EPROXY'],
    [config, 'EAUTH ENOAUTH ETLS EOAUTH2 ECONFIG EREQUIRETLS EADDRESSREFUSED'],
    [content, 'EOTP EMESSAGE'],
  ),
  /** `event` of SendGrid's webhook; `blocked` is a bounce of that type. */
  sendgrid_event: table([destination, 'bounce dropped'], [optedOut, 'spamreport unsubscribe'], [retrySame, 'blocked']),
} as const;

export type ErrorTable = keyof typeof TABLES;

/** The meaning of a vendor's code; null when the table does not name it, and the caller falls back on the status. */
export function classify(name: ErrorTable, code: string | number): Meaning | null {
  return TABLES[name].get(String(code)) ?? null;
}

export function refusal(meaning: Meaning, code: string): Refusal {
  return { kind: 'refused', ...meaning, code };
}

/** Statuses of HTTP, where the body says nothing better. */
export function classifyStatus(status: number): Meaning {
  if (status === 429) return retrySame;
  if (status === 408 || status === 425 || status >= 500) return failover;
  return [401, 402, 403, 404, 405, 407].includes(status) || status < 400 ? config : content;
}

/** The generic provider sends a second time elsewhere rather than wait at an API of which nothing is known. */
export function classifyUnknownApi(status: number): Meaning {
  if (status === 429) return failover;
  return status < 500 && status !== 408 && status !== 425 ? config : failover;
}

/** Faults in `to` are the destination's; every other field is ours. The field is a path: `personalizations.0.to`. */
export function classifySendGrid(status: number, fields: readonly string[]): Meaning {
  if (status === 400) return fields.some((field) => /(^|\.)to(\.|$)/.test(field)) ? destination : config;
  return classifyStatus(status);
}

/**
 * A reply of an SMTP server. 5yz is for ever except 503 (out of step), 4yz passes. Which of the permanent ones is the
 * mailbox's fault: the enhanced codes 5.1.x and 5.2.x (RFC 3463), and 550, 551, 553, 554 in answer to RCPT.
 */
export function classifySmtpReply(status: number, reply: string, command: string): Meaning {
  if (status >= 400 && status < 500) return failover;
  if (status === 503) return failover;
  if (status === 530 || status === 534 || status === 535 || status === 538) return config;
  // Refused before the mail was even named: TLS, log-in, or our address on a block list.
  if (command !== '' && !/^(MAIL|RCPT|DATA)/i.test(command)) return config;
  const enhanced = /\b5\.(\d{1,3})\.\d{1,3}\b/.exec(reply)?.[1];
  if (enhanced === '7' || enhanced === '6') return content;
  if (enhanced === '1' || enhanced === '2') return destination;
  if (/^RCPT/i.test(command)) return destination;
  return /^(DATA|MAIL)/i.test(command) || status === 552 ? content : destination;
}

/** Where nothing was sent for sure: the connection was never made. Everything else that breaks is `unknown`. */
export const NEVER_CONNECTED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
