// Written out rather than computed, so that an editor shows them whole and the package needs no other. A spec holds
// each of them against the contract.

export type VerificationStatus =
  'pending' | 'approved' | 'failed' | 'expired' | 'canceled' | 'undeliverable' | 'blocked';

export type CheckReason =
  | 'wrong_code'
  | 'expired'
  | 'too_many_checks'
  | 'already_used'
  | 'canceled'
  | 'undeliverable'
  | 'blocked'
  | 'expired_or_not_found';

export type SendState =
  'queued' | 'accepted' | 'sent' | 'delivered' | 'undelivered' | 'failed' | 'suppressed' | 'unknown';

export interface StartRequest {
  /** A phone number in E.164 or a mailbox. */
  to?: string | undefined;
  /** Instead of `to` for the channel `mobile`: an authenticator. */
  factor_id?: string | undefined;
  channel?: 'sms' | 'email' | 'mobile' | 'auto' | undefined;
  /** Fallbacks in order, for `auto`. */
  workflow?: { channel: 'sms' | 'email'; to?: string | undefined; timeout_s?: number | undefined }[] | undefined;
  purpose?: string | undefined;
  /** BCP 47. */
  locale?: string | undefined;
  code?: { length?: number | undefined; ttl_s?: number | undefined; max_checks?: number | undefined } | undefined;
  template?: string | undefined;
  variables?: Record<string, string> | undefined;
  /** Your user's address, reference and browser: limits and the fraud guard count by them. */
  client?: { ip?: string | undefined; user_ref?: string | undefined; user_agent?: string | undefined } | undefined;
  metadata?: Record<string, string> | undefined;
}

export interface Verification {
  id: string;
  organization_id: string;
  application_id: string;
  status: VerificationStatus;
  reason: CheckReason | null;
  channel: 'sms' | 'email' | 'mobile';
  /** Masked; null for an authenticator. */
  to: string | null;
  factor_id: string | null;
  purpose: string;
  country: string | null;
  locale: string;
  code_length: number;
  created_at: string;
  expires_at: string;
  ended_at: string | null;
  resend_available_at: string | null;
  checks_remaining: number;
  sends: { id: string; channel: 'sms' | 'email'; state: SendState; provider: string | null; queued_at: string }[];
  /** Milli-credits. */
  credits: { charged: number; held: number };
  user_ref: string | null;
  metadata: Record<string, string>;
  test: boolean;
  /** Given when a pending verification was continued; false: nothing was sent, it is still cooling down. */
  resent?: boolean | undefined;
}

export interface CheckResult {
  id: string | null;
  valid: boolean;
  status: VerificationStatus | null;
  reason: CheckReason | null;
  checks_remaining: number;
}

/** RFC 9457. `code` is stable: switch on it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string | undefined;
  code: string;
  request_id: string;
  param?: string | undefined;
  issues?: { path: string; message: string }[] | undefined;
  /** Seconds. */
  retry_after?: number | undefined;
  /** Milli-credits, with `insufficient_credits`. */
  balance?: number | undefined;
  required?: number | undefined;
}

export type Result<T> = { ok: true; data: T; requestId: string } | { ok: false; error: Problem };
