import type { StartBody } from '@tollgate/contracts';
import { Injectable } from '@nestjs/common';
import { ApplicationDirectory, type ApplicationFacts, type TestNumber } from '@tollgate/api/applications';
import { CreditLedger, type Quote } from '@tollgate/api/credits';
import { Clock, DomainError, newId, RequestContext } from '@tollgate/api/kernel';
import type { StartAttempt } from '@tollgate/api/limits';
import type { ApplicationCaller } from './application-caller';
import { DestinationVault } from './destination-vault';
import { resendAvailableAt } from './domain/cool-down';
import { maskOf, type Destination } from './domain/destination';
import { SCENARIOS, scenarioOf } from './domain/scenario';
import { readStartRequest, type StartRequest, type Step } from './domain/start-request';
import { Factors } from './persistence/factors';
import type { StoredStep, Verification } from './persistence/verification.entity';
import { VerificationCodes } from './verification-codes';

/** A start that is allowed by the request itself, with everything its transaction will need. */
export interface StartPlan {
  readonly row: Verification & { readonly pendingKey: string };
  /** What is charged now and held for the check. Null when nothing is: test keys and live test numbers. */
  readonly prices: { readonly start: Quote; readonly send: Quote; readonly check: Quote } | null;
  readonly attempt: StartAttempt;
  /** Milli-credits that the application may spend in a UTC day; the ledger has the last word on it. */
  readonly dailySpendCap: number | null;
}

type MessageRequest = Extract<StartRequest, { kind: 'message' }>;
type Prices = StartPlan['prices'];

const CODE_DIGITS_OF_AN_APP = 6;
const SCENARIO_TTL_MS = 1_000;

/**
 * Everything of a start that happens before its transaction: reads the request, the application's settings and the
 * prices from caches, and makes the row. A start of a message asks the database nothing; one of an authenticator
 * reads the factor.
 */
@Injectable()
export class PrepareStart {
  constructor(
    private readonly applications: ApplicationDirectory,
    private readonly ledger: CreditLedger,
    private readonly vault: DestinationVault,
    private readonly codes: VerificationCodes,
    private readonly factors: Factors,
    private readonly clock: Clock,
  ) {}

  async plan(body: StartBody, caller: ApplicationCaller): Promise<StartPlan> {
    const request = readStartRequest(body);
    const application = await this.applications.get(caller.applicationId);
    return request.kind === 'authenticator'
      ? this.ofAuthenticator(request.factorId, body, caller, application)
      : this.ofMessage(request, body, caller, application);
  }

  private async ofMessage(
    request: MessageRequest,
    body: StartBody,
    caller: ApplicationCaller,
    application: ApplicationFacts,
  ): Promise<StartPlan> {
    const { destination, steps } = request;
    const now = this.clock.now();
    const [first] = steps;
    const number = caller.test ? null : await this.applications.testNumber(caller.applicationId, destination.to, now);
    const free = caller.test || number !== null;
    const prices = free ? null : await this.pricesOf(`send.${first.channel}`, first.destination.country);
    const base = this.rowOf(body, caller, application, prices, now);
    const scenario = caller.test ? scenarioOf(destination) : null;
    const settings = this.codeSettings(body, application, number, scenario);
    const subject = this.vault.hashOf(destination);
    const { purpose } = base;
    const row: StartPlan['row'] = {
      ...base,
      channel: first.channel,
      pendingKey: this.vault.pendingKeyOf({ ...caller, subject, purpose }),
      destinationHash: subject,
      limitHash: this.vault.limitHashOf(destination, caller.test),
      destinationSealed: this.vault.seal(base.id, destination),
      destinationMasked: maskOf(destination),
      country: destination.country,
      prefix: destination.prefix,
      testNumberId: number?.id ?? null,
      scenario,
      codeLength: settings.length,
      maxChecks: settings.maxChecks,
      expiresAt: now + settings.ttlMs,
      resendAt: resendAvailableAt(1, now),
      sendCount: 1,
      personal: {
        clientIp: body.client?.ip ?? null,
        userRef: body.client?.user_ref ?? null,
        userAgent: body.client?.user_agent ?? null,
        variables: body.variables ?? {},
        steps: body.workflow === undefined ? [] : this.storedSteps(base.id, destination, steps, caller.test),
      },
    };
    return { row, prices, attempt: attemptOf(row), dailySpendCap: application.dailySpendCap };
  }

  private async ofAuthenticator(
    factorId: string,
    body: StartBody,
    caller: ApplicationCaller,
    application: ApplicationFacts,
  ): Promise<StartPlan> {
    const factor = await this.factors.find(factorId, caller);
    if (factor === null || factor.status === 'deleted')
      throw new DomainError('factor_not_found', { param: 'factor_id' });
    if (factor.status !== 'active') {
      throw new DomainError('factor_state', { param: 'factor_id', detail: 'Activate the authenticator first' });
    }
    const now = this.clock.now();
    const prices = caller.test ? null : await this.pricesOf('send.mobile', null);
    const base = this.rowOf(body, caller, application, prices, now);
    const { purpose } = base;
    const row: StartPlan['row'] = {
      ...base,
      pendingKey: this.vault.pendingKeyOf({ ...caller, subject: factorId, purpose }),
      factorId,
      personal: {
        clientIp: body.client?.ip ?? null,
        userRef: body.client?.user_ref ?? factor.userRef,
        userAgent: body.client?.user_agent ?? null,
        variables: {},
        steps: [],
      },
    };
    return { row, prices, attempt: attemptOf(row), dailySpendCap: application.dailySpendCap };
  }

  /** Of an authenticator, unless told more. */
  private rowOf(
    body: StartBody,
    caller: ApplicationCaller,
    application: ApplicationFacts,
    prices: Prices,
    now: number,
  ): Verification {
    return {
      id: newId('vrf', now),
      organizationId: caller.organizationId,
      applicationId: caller.applicationId,
      test: caller.test,
      channel: 'mobile',
      purpose: body.purpose ?? 'sign_in',
      status: 'pending',
      pendingKey: null,
      destinationHash: null,
      limitHash: null,
      destinationSealed: null,
      destinationMasked: null,
      country: null,
      prefix: null,
      locale: body.locale ?? application.locale,
      factorId: null,
      testNumberId: null,
      scenario: null,
      codeKeyId: this.codes.currentKeyId(),
      generation: 1,
      codeLength: CODE_DIGITS_OF_AN_APP,
      maxChecks: application.code.maxChecks,
      checkCount: 0,
      sendCount: 0,
      step: 0,
      createdAt: now,
      expiresAt: now + application.code.ttlSeconds * 1000,
      resendAt: null,
      firstCheckAt: null,
      endedAt: null,
      charged: prices === null ? 0 : prices.start.price + prices.send.price,
      held: prices?.check.price ?? 0,
      startPrice: prices?.start.price ?? 0,
      checkPrice: prices?.check.price ?? 0,
      checkPriceId: prices?.check.priceId ?? null,
      details: {
        template: body.template ?? null,
        metadata: body.metadata ?? {},
        guard: null,
        requestId: RequestContext.current()?.requestId ?? null,
        apiKeyId: caller.apiKeyId,
      },
      personal: null,
    };
  }

  private async pricesOf(send: 'send.sms' | 'send.email' | 'send.mobile', country: string | null): Promise<Prices> {
    const [start, sent, check] = await Promise.all([
      this.ledger.quote('verification.start', country),
      this.ledger.quote(send, country),
      this.ledger.quote('verification.check', country),
    ]);
    return { start, send: sent, check };
  }

  private codeSettings(
    body: StartBody,
    application: ApplicationFacts,
    number: TestNumber | null,
    scenario: string | null,
  ): { length: number; maxChecks: number; ttlMs: number } {
    const { length = application.code.length, max_checks: maxChecks = application.code.maxChecks } = body.code ?? {};
    const ttlMs = (body.code?.ttl_s ?? application.code.ttlSeconds) * 1000;
    return {
      length: number?.code.length ?? length,
      maxChecks,
      ttlMs: scenario === SCENARIOS.expiresAtOnce ? SCENARIO_TTL_MS : ttlMs,
    };
  }

  private storedSteps(id: string, destination: Destination, steps: readonly Step[], test: boolean): StoredStep[] {
    return steps.map((step, index) => {
      const kept = { channel: step.channel, timeoutMs: step.timeoutMs };
      const to = step.destination;
      if (to.to === destination.to) return { ...kept, other: null };
      return {
        ...kept,
        other: {
          sealed: this.vault.sealStep(id, index, to),
          hash: this.vault.hashOf(to),
          limitHash: this.vault.limitHashOf(to, test),
          masked: maskOf(to),
          country: to.country,
          prefix: to.prefix,
        },
      };
    });
  }
}

/** What limits and the fraud guard are asked about a start. */
export function attemptOf(row: Verification): StartAttempt {
  return {
    organizationId: row.organizationId,
    applicationId: row.applicationId,
    test: row.test,
    channel: row.channel,
    purpose: row.purpose,
    destinationHash: row.limitHash,
    prefix: row.prefix,
    country: row.country,
    clientIp: row.personal?.clientIp ?? null,
    userRef: row.personal?.userRef ?? null,
    userAgent: row.personal?.userAgent ?? null,
    cost: row.charged + row.held,
    kind: 'start',
  };
}
