import { Inject, Injectable } from '@nestjs/common';
import { ApplicationDirectory } from '@tollgate/api/applications';
import { AuditTrail } from '@tollgate/api/audit';
import { RequestContext } from '@tollgate/api/kernel';
import type { GuessRules } from './domain/guess-slowdown';
import { LimitRulesInForce } from './limit-rules-in-force';
import { GuessCounters, type GuessSubject } from './persistence/guess-counters';
import type { GuessGate, WrongCheckState } from './start-gate';

const NEVER = 2_000_000_000;

/**
 * The door `GuessGate`. What is slowed and locked is the guessing of codes at one application, keyed by application and
 * destination, never the sending: a stranger who guesses cannot lock the owner of a number out of other applications.
 */
@Injectable()
export class CountGuesses implements GuessGate {
  constructor(
    @Inject(GuessCounters) private readonly counters: GuessCounters,
    @Inject(LimitRulesInForce) private readonly rules: LimitRulesInForce,
    @Inject(ApplicationDirectory) private readonly applications: ApplicationDirectory,
    @Inject(AuditTrail) private readonly audit: AuditTrail,
  ) {}

  async state(applicationId: string, destinationHash: string, atMs: number): Promise<WrongCheckState> {
    const count = await this.counters.find(subjectOf(applicationId, destinationHash));
    if (count === null) return { blockedUntil: null, counted: false };
    if (count.locked) return { blockedUntil: Number.POSITIVE_INFINITY, counted: true };
    return { blockedUntil: count.blockedUntil > atMs ? count.blockedUntil : null, counted: true };
  }

  async note(applicationId: string, destinationHash: string, right: boolean, atMs: number): Promise<void> {
    const subject = subjectOf(applicationId, destinationHash);
    if (right) return this.counters.clear(subject);
    const application = await this.applications.get(applicationId);
    const rules = await this.guessRules();
    await this.counters.addWrong(subject, application.organizationId, rules, atMs);
    await this.noticeLock(subject, application.organizationId, rules);
  }

  private async guessRules(): Promise<GuessRules> {
    const book = await this.rules.book();
    const slow = book.find('wrong_checks', 'any');
    const lock = book.find('wrong_checks_lock', 'any');
    return {
      slowFrom: slow?.quota ?? NEVER,
      windowMs: (slow?.windowSeconds ?? 3_600) * 1000,
      lockAt: lock?.quota ?? NEVER,
    };
  }

  /** A lockout is a security event: told once, by the wrong code that reached the number. */
  private async noticeLock(subject: GuessSubject, organizationId: string, rules: GuessRules): Promise<void> {
    const count = await this.counters.find(subject);
    if (count?.consecutive !== rules.lockAt) return;
    await this.audit.record({
      action: 'destination.locked',
      outcome: 'denied',
      organizationId,
      target: { type: 'guess_lock', id: count.id },
      reason: `${rules.lockAt} consecutive wrong codes`,
    });
  }
}

const subjectOf = (applicationId: string, destinationHash: string): GuessSubject => ({
  applicationId,
  destinationHash,
  test: RequestContext.current()?.principal?.test === true,
});
