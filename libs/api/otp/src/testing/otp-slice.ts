import { jest } from '@jest/globals';
import { KEY_SCOPES } from '@tollgate/contracts';
import type { ApplicationFacts } from '@tollgate/api/applications';
import { anApplication } from '@tollgate/api/applications/testing';
import { CreditLedger, LedgerIntegrity } from '@tollgate/api/credits';
import { fund } from '@tollgate/api/credits/testing';
import { UnitOfWork, VersionedCache, type Engine } from '@tollgate/api/database';
import { RequestContext, newId, type Principal } from '@tollgate/api/kernel';
import {
  GuessGate,
  RefusalLog,
  StartGate,
  SuppressionList,
  type GuardDecision,
  type StartAttempt,
  type WrongCheckState,
} from '@tollgate/api/limits';
import {
  MessageOwners,
  MessageQueue,
  type MessageFacts,
  type MessageOwner,
  type NewMessage,
  type SendEvent,
  type SendState,
} from '@tollgate/api/messaging';
import { HttpModule } from '@tollgate/api/http';
import { bootSlice, type Slice } from '@tollgate/api/testing';
import { OtpModule } from '../lib/otp.module';

// Migrating a database of one's own and a thousand checks take a while on a busy machine.
jest.setTimeout(120_000);

/** Messages in memory, kept only when their transaction commits, as rows would be. */
export class FakeMessages implements MessageQueue, MessageOwners {
  private readonly owners = new Map<string, MessageOwner>();
  private unitOfWork: UnitOfWork | null = null;

  /** Two processes share what is queued, as they would share the table. */
  constructor(readonly queued: (NewMessage & { readonly id: string })[] = []) {}

  bind(unitOfWork: UnitOfWork): void {
    this.unitOfWork = unitOfWork;
  }

  enqueue(message: NewMessage): Promise<{ id: string; provider: string | null }> {
    const id = newId('msg');
    if (this.unitOfWork?.active !== true) throw new Error('a message is queued in the transaction of its cause');
    this.unitOfWork.afterCommit(() => this.queued.push({ ...message, id }));
    return Promise.resolve({ id, provider: 'fake' });
  }

  ofSource(source: { type: string; id: string }): Promise<MessageFacts[]> {
    const found = this.queued.filter((message) => message.source.id === source.id);
    return Promise.resolve(
      found.map(({ id, channel }) => ({
        id,
        channel,
        provider: 'fake',
        state: 'queued',
        errorClass: null,
        errorCode: null,
        queuedAt: 0,
        acceptedAt: null,
        deliveredAt: null,
        attempts: [],
      })),
    );
  }

  textOf(_messageId: string, code: string | null): Promise<string> {
    return Promise.resolve(`Your code is ${code ?? 'gone'}`);
  }

  register(type: string, owner: MessageOwner): void {
    this.owners.set(type, owner);
  }

  /** The messages of a verification, oldest first. */
  of(verificationId: string): (NewMessage & { readonly id: string })[] {
    return this.queued.filter((message) => message.source.id === verificationId);
  }

  /** What the outbox would put into the text now. */
  async codeFor(verificationId: string): Promise<string | null> {
    return (await this.owner().secret(verificationId))?.code ?? null;
  }

  /** Reports a state as the dispatcher does, in one transaction. */
  async report(messageId: string, state: SendState, more: Partial<SendEvent> = {}): Promise<void> {
    const message = this.queued.find((each) => each.id === messageId);
    if (message === undefined || this.unitOfWork === null) throw new Error('there is no such message');
    const event: SendEvent = {
      messageId,
      source: message.source,
      state,
      provider: 'fake',
      errorClass: null,
      errorCode: null,
      final: state === 'failed' || state === 'suppressed',
      at: Date.now(),
      ...more,
    };
    await this.unitOfWork.run(() => this.owner().onSends([event]));
  }

  /** Reports that the destination asks for silence, by a report that is no step any more. */
  async complain(messageId: string, at: number): Promise<void> {
    const message = this.queued.find((each) => each.id === messageId);
    if (message === undefined || this.unitOfWork === null) throw new Error('there is no such message');
    const { source } = message;
    await this.unitOfWork.run(async () => this.owner().onOptOut?.({ messageId, source, at }));
  }

  private owner(): MessageOwner {
    const owner = this.owners.get('verification');
    if (owner === undefined) throw new Error('verifications are nobody’s');
    return owner;
  }
}

/** Limits that let everything pass until a spec says otherwise, and remember what they were asked. */
export class FakeLimits implements StartGate, GuessGate, SuppressionList, RefusalLog {
  readonly refused: { readonly code: string }[] = [];
  readonly asked: StartAttempt[] = [];
  readonly observed: string[] = [];
  readonly suppressed: unknown[] = [];
  readonly wrong = new Map<string, number>();
  decision: GuardDecision = { outcome: 'allow', reasons: [] };
  refusal: ((attempt: StartAttempt) => Error | null) | null = null;
  blockedUntil: number | null = null;

  admit(attempt: StartAttempt): Promise<GuardDecision> {
    this.asked.push(attempt);
    const refused = this.refusal?.(attempt) ?? null;
    return refused === null ? Promise.resolve(this.decision) : Promise.reject(refused);
  }

  observe(event: { kind: 'started' | 'approved' }): Promise<void> {
    this.observed.push(event.kind);
    return Promise.resolve();
  }

  state(_applicationId: string, destinationHash: string): Promise<WrongCheckState> {
    const counted = (this.wrong.get(destinationHash) ?? 0) > 0;
    return Promise.resolve({ blockedUntil: this.blockedUntil, counted });
  }

  note(_applicationId: string, destinationHash: string, right: boolean): Promise<void> {
    this.wrong.set(destinationHash, right ? 0 : (this.wrong.get(destinationHash) ?? 0) + 1);
    return Promise.resolve();
  }

  record(refusal: { readonly code: string }): Promise<void> {
    this.refused.push(refusal);
    return Promise.resolve();
  }

  add(entry: unknown): Promise<void> {
    this.suppressed.push(entry);
    return Promise.resolve();
  }
}

export interface OtpSlice extends Slice {
  readonly messages: FakeMessages;
  readonly limits: FakeLimits;
}

/** The otp slice with real applications, credits, metrics and audit, and with messages and limits in memory. */
export async function bootOtp(
  engine: Engine,
  options: { readonly beside?: OtpSlice; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<OtpSlice> {
  const { beside, environment = {} } = options;
  const messages = new FakeMessages(beside?.messages.queued);
  const limits = beside?.limits ?? new FakeLimits();
  const slice = await bootSlice({
    engine,
    modules: [HttpModule, OtpModule],
    environment,
    ...(beside === undefined ? {} : { beside }),
    overrides: [
      { provide: MessageQueue, useValue: messages },
      { provide: MessageOwners, useValue: messages },
      { provide: StartGate, useValue: limits },
      { provide: GuessGate, useValue: limits },
      { provide: SuppressionList, useValue: limits },
      { provide: RefusalLog, useValue: limits },
    ],
  });
  messages.bind(slice.get(UnitOfWork));
  return Object.assign(slice, { messages, limits });
}

/** An application of an organization of its own, with so many milli-credits. */
export async function aClient(slice: OtpSlice, credits = 1_000_000): Promise<ApplicationFacts> {
  const application = await anApplication(slice);
  if (credits > 0) await fund(slice, application.organizationId, credits);
  return application;
}

/** Sets what the application may spend in a day, in milli-credits. */
export function capDay(slice: OtpSlice, application: ApplicationFacts, cap: number): Promise<void> {
  return slice.get(UnitOfWork).run(async () => {
    await slice.database.execute('UPDATE application SET daily_spend_cap = ? WHERE id = ?', [cap, application.id]);
    await slice.get(VersionedCache).bump('applications');
  });
}

/** A key of the application, as the strategy makes it. */
export function keyOf(application: ApplicationFacts, test = false): Principal {
  return {
    kind: 'api_key',
    id: newId('key'),
    label: test ? 'a test key' : 'a live key',
    organizationId: application.organizationId,
    actingOrganizationId: application.organizationId,
    applicationId: application.id,
    userId: null,
    test,
    platformStaff: false,
    roles: [],
    permissions: new Set(KEY_SCOPES),
    assurance: { level: 1, authenticatedAt: 0 },
  };
}

/** Somebody of the console; of the platform when no organization is given. */
export function person(organizationId: string | null): Principal {
  return {
    kind: 'session',
    id: newId('ses'),
    label: 'somebody@example.com',
    organizationId: organizationId ?? newId('org'),
    actingOrganizationId: organizationId,
    applicationId: null,
    userId: newId('usr'),
    test: null,
    platformStaff: organizationId === null,
    roles: [],
    permissions: new Set(),
    assurance: { level: 2, authenticatedAt: 0 },
  };
}

/** Runs as a request of a test key does whose `Test-Clock` says so many ms. */
export function atShiftedClock<T>(ms: number, act: () => Promise<T>): Promise<T> {
  const addresses = { effective: '203.0.113.1', forwarded: null, remote: '203.0.113.1' };
  return RequestContext.run(
    { requestId: newId('req'), addresses, userAgent: null, principal: null, clockShiftMs: ms },
    act,
  );
}

export const balanceOf = (slice: OtpSlice, application: ApplicationFacts) =>
  slice.get(CreditLedger).balance(application.organizationId);

/** What the ledger's own verifier has to say; empty when all is well. */
export async function ledgerFindings(slice: OtpSlice): Promise<unknown[]> {
  return [...(await slice.get(LedgerIntegrity).verify()).findings];
}
