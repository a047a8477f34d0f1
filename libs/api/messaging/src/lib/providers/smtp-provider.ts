import type { OutboundHttp } from '@tollgate/api/outbound';
import { isIP, type Socket } from 'node:net';
import type { Transporter } from 'nodemailer';
import type { DeliveryProvider, DeliveryRequest, RequestPreview, SendResult } from '../domain/delivery-provider';
import { classify, classifySmtpReply, refusal } from '../domain/error-classes';
import { originHost } from '../domain/origin-bound';
import { MASK, type AdapterTimes } from './adapter';
import { resultOfBrokenCall } from './broken-call';

export interface SmtpSetup {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string | null;
  readonly password: string | null;
  readonly fromEmail: string;
  readonly fromName: string | null;
  readonly maxConnections: number;
}

interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly timeoutType?: string;
}

/** No spaces, controls, quotes, brackets or lists: what a client would have to interpret is not a mailbox to us. */
const PLAIN_MAILBOX = /^[^\s\p{Cc}"<>(),:;@[\]\\]{1,64}@[^\s\p{Cc}"<>(),:;@\\]{1,253}$/u;

/** Any SMTP server through nodemailer's pool, over sockets whose address was checked when they were connected. */
export class SmtpProvider implements DeliveryProvider {
  private transport: Promise<Transporter> | null = null;

  constructor(
    private readonly setup: SmtpSetup,
    private readonly outbound: OutboundHttp,
    private readonly times: AdapterTimes,
  ) {}

  async send(request: DeliveryRequest): Promise<SendResult> {
    if (!PLAIN_MAILBOX.test(request.to)) return refusal({ class: 'permanent_destination' }, 'EENVELOPE');
    try {
      this.transport ??= this.connect();
      const transport = await this.transport;
      const info = (await transport.sendMail({
        ...this.mailOf(request),
        signal: AbortSignal.timeout(this.times.timeoutMs),
      } as Parameters<Transporter['sendMail']>[0])) as { serverMessageId?: unknown; accepted?: unknown[] };
      if (!Array.isArray(info.accepted) || info.accepted.length === 0)
        return { kind: 'unknown', code: 'unexpected_answer' };
      const id = typeof info.serverMessageId === 'string' ? info.serverMessageId : request.attemptId;
      return { kind: 'accepted', providerMessageId: id.slice(0, 120), segments: null };
    } catch (error) {
      return resultOfError(error as SmtpError);
    }
  }

  preview(request: DeliveryRequest): RequestPreview {
    const mail = this.mailOf(request);
    const { host, port, security, username } = this.setup;
    const headers = Object.entries({
      From: `${this.setup.fromName ?? ''} <${mail.from.address}>`.trim(),
      To: request.to,
      Subject: mail.subject,
      ...mail.headers,
    });
    return {
      method: 'SMTP',
      url: `${security === 'tls' ? 'smtps' : 'smtp'}://${username === null ? '' : `${encodeURIComponent(username)}:${MASK}@`}${host}:${String(port)}`,
      headers: Object.fromEntries(headers),
      body: mail.text,
    };
  }

  close(): void {
    void this.transport?.then((transport) => {
      (transport as unknown as { close(options: { force: boolean }): void }).close({ force: true });
    });
  }

  /** Connecting ends before the whole call does, so that a silent server is known not to have got anything. */
  private get connectMs(): number {
    return Math.min(5_000, Math.floor(this.times.timeoutMs * 0.8));
  }

  private async connect(): Promise<Transporter> {
    const { createTransport } = await import('nodemailer');
    const { host, port, security, username, password } = this.setup;
    return createTransport({
      pool: true,
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      ...(username === null ? {} : { auth: { user: username, pass: password ?? '' } }),
      maxConnections: this.setup.maxConnections,
      maxMessages: 200,
      idleTimeout: 60_000,
      connectionTimeout: this.connectMs,
      greetingTimeout: this.connectMs,
      socketTimeout: this.times.timeoutMs,
      socketCloseTimeout: 2_000,
      maxResponseSize: 65_536,
      // A failed connection is our router's business, not the pool's.
      maxRequeues: 0,
      disableFileAccess: true,
      disableUrlAccess: true,
      tls: { minVersion: 'TLSv1.2', ...(isIP(host) === 0 ? { servername: host } : {}) },
      getSocket: (_options: unknown, done: (error: Error | null, socket?: { connection: Socket }) => void) => {
        this.outbound.connectMail({ host, port, timeoutMs: this.connectMs }).then(
          (connection) => {
            done(null, { connection });
          },
          (error: unknown) => {
            done(error as Error);
          },
        );
      },
    } as Parameters<typeof createTransport>[0]);
  }

  private mailOf(request: DeliveryRequest) {
    const { fromEmail, fromName } = this.setup;
    const domain = fromEmail.slice(fromEmail.lastIndexOf('@') + 1);
    const host = request.webDomain === null ? null : originHost(request.webDomain);
    return {
      // As objects: nodemailer quotes the name and never parses a list out of it.
      from: { name: fromName ?? '', address: fromEmail },
      to: { name: '', address: request.to },
      envelope: { from: fromEmail, to: [request.to] },
      subject: request.message.subject ?? '',
      text: request.message.text,
      ...(request.message.html === null ? {} : { html: request.message.html }),
      // The same attempt has the same id: mail systems collapse duplicates by it.
      messageId: `<${request.attemptId}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Entity-Ref-ID': request.messageId },
      ...(request.code !== null && host !== null ? { otp: { code: request.code, origin: `https://${host}` } } : {}),
    };
  }
}

function resultOfError(error: SmtpError): SendResult {
  if (typeof error.responseCode === 'number') {
    if (error.code === 'EAUTH' && error.responseCode >= 500)
      return refusal({ class: 'permanent_config', alarm: true }, 'EAUTH');
    const enhanced = /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(error.response ?? '')?.[0];
    const code = enhanced === undefined ? String(error.responseCode) : `${String(error.responseCode)} ${enhanced}`;
    return refusal(classifySmtpReply(error.responseCode, error.response ?? '', error.command ?? ''), code);
  }
  // Nothing of the message leaves before the greeting and the hand-shake.
  if (['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'].includes(error.timeoutType ?? ''))
    return refusal({ class: 'failover' }, 'timeout');
  const own = error.code === undefined ? null : classify('smtp', error.code);
  // ECONNECTION may come in the midst of the message; only our own refused connect is sure.
  if (own !== null && error.code !== 'ECONNECTION') return refusal(own, error.code ?? 'smtp');
  if (error.code === 'EENVELOPE') return refusal({ class: 'permanent_destination' }, 'EENVELOPE');
  return resultOfBrokenCall(error);
}
