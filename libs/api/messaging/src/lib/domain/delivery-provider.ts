import type { Channel } from '../message-queue';

/** What the router does about a refusal; see `error-classes.ts`. */
export type ErrorClass =
  /** Nobody can reach this destination: stop, suppress it, offer another channel. */
  | 'permanent_destination'
  /** This provider cannot work as it is set up: stop using it, alarm, fail over now. */
  | 'permanent_config'
  /** The text or sender was refused: fail over, alarm. */
  | 'content'
  /** Too fast for this provider: try it again after a while. */
  | 'retry_same'
  /** Another provider now, with the same code. */
  | 'failover'
  /** Nobody knows whether it was sent: wait for its report, or fail over once. */
  | 'unknown'
  /** The provider took it for fraud: stop. */
  | 'fraud'
  /** Too late, the code is dead: stop. */
  | 'expired';

/** `suppress`: the destination asked for silence. `alarm`: staff of the installation must act. */
export interface Refusal {
  readonly kind: 'refused';
  readonly class: ErrorClass;
  /** The vendor's own code, for people: `21610`, `http_503`, `EAUTH`. Never holds a destination, code or secret. */
  readonly code: string;
  readonly suppress?: boolean;
  readonly alarm?: boolean;
  /** Refused by ourselves, before any call: it says nothing about the provider. */
  readonly blameless?: boolean;
  /** Ms that the provider asked us to wait. */
  readonly retryAfterMs?: number;
}

export type SendResult =
  | {
      readonly kind: 'accepted';
      readonly providerMessageId: string | null;
      readonly segments: number | null;
      /** Known to have arrived: no report will follow. */
      readonly delivered?: boolean;
    }
  | Refusal
  /** Sent perhaps: a time-out, a cut connection, an answer that makes no sense. */
  | { readonly kind: 'unknown'; readonly code: string };

/** The text as it goes out. */
export interface RenderedMessage {
  readonly text: string;
  readonly subject: string | null;
  readonly html: string | null;
  readonly segments: number;
}

/** Who it is from, chosen by the country of the destination. */
export interface SenderIdentity {
  readonly from: string | null;
  /** Twilio's pool of senders. */
  readonly messagingServiceSid: string | null;
  /** India's DLT register: the principal entity, and the template that the text was approved under. */
  readonly dltEntityId: string | null;
  readonly dltTemplateId: string | null;
}

/** One call of one provider. Lives in memory only: it holds the destination and the code in clear. */
export interface DeliveryRequest {
  readonly messageId: string;
  readonly attemptId: string;
  readonly channel: Channel;
  /** E.164 or a mailbox. */
  readonly to: string;
  readonly country: string | null;
  readonly locale: string;
  readonly message: RenderedMessage;
  readonly code: string | null;
  readonly variables: Readonly<Record<string, string>>;
  readonly sender: SenderIdentity;
  /** Seconds for which delivering it makes sense; null = no end. */
  readonly ttlSeconds: number | null;
  /** The host that the code belongs to, for `OTP-Token`. */
  readonly webDomain: string | null;
  /** Where the provider reports to, with the attempt's id in it; null when it cannot. */
  readonly callbackUrl: string | null;
  /** Of test messages: 00–12. */
  readonly scenario: string | null;
  /** 1 for the first call about this message. */
  readonly attempt: number;
}

/** What "send test" shows: the request as it goes on the wire, with every secret and code masked. */
export interface RequestPreview {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The one port behind which every provider stands. `send` never throws for what a vendor does, and never retries. */
export interface DeliveryProvider {
  send(request: DeliveryRequest): Promise<SendResult>;
  preview(request: DeliveryRequest): RequestPreview;
  /** Ends pooled connections. */
  close?(): void;
}
