import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { UnitOfWork } from '@tollgate/api/database';
import { JobHandlers } from '@tollgate/api/jobs';
import { Clock, DomainError, type Principal } from '@tollgate/api/kernel';
import { fittingAnswer, type ReadyAnswer } from '../answer';
import type { CompiledEndpoint } from '../compiled-route';
import { currentExchange, type Exchange } from '../exchange';
import { IdempotencyRecords, type StoredAnswer } from '../persistence/idempotency-records';
import { CallsInFlight } from './calls-in-flight';
import { canonicalJson, digest, idempotencyKeyOf } from './idempotency-key';
import { IdempotentCall, type CallFacts } from './idempotent-call';

const PATIENCE_MS = 2_000;
const PURGE_EVERY_MS = 10 * 60 * 1000;

const callerOf = (principal: Principal): string =>
  `${principal.organizationId}/${principal.kind === 'session' && principal.userId !== null ? principal.userId : principal.id}`;

/** `Idempotency-Key`: the same call again gets the same answer, and has its effect once. */
@Injectable()
export class Idempotency implements OnModuleInit {
  private readonly logger = new Logger('Idempotency');

  constructor(
    private readonly records: IdempotencyRecords,
    private readonly inFlight: CallsInFlight,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly jobs: JobHandlers,
  ) {}

  onModuleInit(): void {
    this.unitOfWork.beforeCommit(async (result) => {
      await currentExchange()?.call?.beforeCommit(result);
    });
    this.jobs.schedule({ type: 'http.purge_idempotency', everyMs: PURGE_EVERY_MS }, async () => {
      await this.records.purge(this.clock.recordedAt());
    });
  }

  /**
   * Runs the call, or gives the answer of the one that was there before.
   * @throws DomainError idempotency_key_required, idempotency_key_invalid, idempotency_key_reused,
   *   request_in_progress, and what the call throws
   */
  async once(
    exchange: Exchange,
    endpoint: CompiledEndpoint,
    body: unknown,
    run: () => Promise<ReadyAnswer>,
  ): Promise<ReadyAnswer> {
    const { declaration } = endpoint;
    const { principal, request } = exchange;
    const key = idempotencyKeyOf(request.headers['idempotency-key'], declaration.idempotency);
    if (key === null || principal === null) return run();
    const facts: CallFacts = {
      id: digest(callerOf(principal), key),
      fingerprint: digest(
        request.method,
        request.raw.url ?? '',
        principal.actingOrganizationId ?? '',
        canonicalJson(body),
      ),
      organizationId: principal.actingOrganizationId ?? principal.organizationId,
      secrets: declaration.secrets ?? [],
      now: this.clock.recordedAt(),
      answerFrom: (result) => fittingAnswer(endpoint.answers, endpoint.shape, result),
    };
    const release = await this.claim(facts);
    try {
      const stored = await this.records.find(facts.id, facts.now);
      if (stored !== null) return this.replay(exchange, facts, stored);
      await this.records.removeExpired(facts.id, facts.now);
      return await this.first(exchange, facts, run);
    } finally {
      await release();
    }
  }

  /** Waits for a duplicate that is under way. */
  private async claim(facts: CallFacts): Promise<() => Promise<void>> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      const claim = await this.inFlight.claim(facts.id, facts.fingerprint);
      if (claim.granted) return claim.release;
      if (claim.fingerprint !== facts.fingerprint) throw new DomainError('idempotency_key_reused');
      const left = until - performance.now();
      if (left <= 0 || !(await this.inFlight.finished(facts.id, left))) {
        throw new DomainError('request_in_progress', { retryAfter: 1 });
      }
    }
  }

  private async first(exchange: Exchange, facts: CallFacts, run: () => Promise<ReadyAnswer>): Promise<ReadyAnswer> {
    const call = new IdempotentCall(facts, this.records, this.unitOfWork);
    exchange.call = call;
    try {
      const answer = await run();
      if (call.committed !== null) this.assertSame(exchange, call.committed, answer);
      else await this.addAlone(exchange, call, answer);
      return answer;
    } catch (error) {
      // What a duplicate in another process committed meanwhile may be why this one failed: then its answer is ours.
      const stored = call.committed === null ? await this.records.find(facts.id, facts.now).catch(() => null) : null;
      if (stored !== null) return this.replay(exchange, facts, stored);
      throw error;
    } finally {
      call.end();
      exchange.call = null;
    }
  }

  private async addAlone(exchange: Exchange, call: IdempotentCall, answer: ReadyAnswer): Promise<void> {
    if (call.missed && exchange.strictAnswers) {
      throw new Error('an act of an idempotent endpoint returns its answer from its unit of work: see @Serve');
    }
    if (answer.status < 200 || answer.status > 299) return;
    await call.add(answer);
  }

  /** What was stored is what a retry will get, so it must be what the first call got. */
  private assertSame(exchange: Exchange, stored: ReadyAnswer, given: ReadyAnswer): void {
    if (stored.status === given.status && JSON.stringify(stored.body) === JSON.stringify(given.body)) return;
    const message = 'the answer differs from what its unit of work returned, which is what a retry gets: see @Serve';
    if (exchange.strictAnswers) throw new Error(message);
    this.logger.error({ msg: message, event: exchange.route?.id });
  }

  private replay(exchange: Exchange, facts: CallFacts, stored: StoredAnswer): ReadyAnswer {
    if (stored.fingerprint !== facts.fingerprint) throw new DomainError('idempotency_key_reused');
    exchange.replayed = true;
    return {
      status: stored.status,
      body: stored.body === null ? undefined : (JSON.parse(stored.body) as unknown),
      headers: { 'idempotency-replayed': 'true' },
    };
  }
}
