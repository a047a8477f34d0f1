import { Injectable } from '@nestjs/common';
import { KeyedHash, SecretBox } from '@tollgate/api/crypto';
import { VersionedCache, type CacheTopic } from '@tollgate/api/database';
import { DomainError } from '@tollgate/api/kernel';
import type { ApplicationDirectory, ApplicationFacts, TestNumber } from './application-directory';
import { factsOf } from './application-view';
import { rangeMatcher } from './domain/address-ranges';
import { addressAllowed, type AddressDecision } from './domain/address-rule';
import { Applications } from './persistence/applications';
import type { TestNumberRow } from './persistence/test-number.entity';
import { TestNumbers } from './persistence/test-numbers';

const APPLICATIONS = 'applications';
const TEST_NUMBERS = 'test_numbers';

export interface GuardedApplication {
  readonly facts: ApplicationFacts;
  /** The address rule with its ranges compiled. */
  readonly admits: (address: string) => AddressDecision;
}

/** Destinations by keyed hash, so that a search by number is exact and a dump shows none. */
export const destinationHash = (keyedHash: KeyedHash, to: string): string => keyedHash.of('destination', to);

/** The directory in memory: a change counts here at once, and within a second in every other process. */
@Injectable()
export class CachedApplicationDirectory implements ApplicationDirectory {
  private readonly topic: CacheTopic<GuardedApplication | null>;
  private readonly numbers: CacheTopic<readonly TestNumberRow[]>;

  constructor(
    private readonly cache: VersionedCache,
    private readonly applications: Applications,
    private readonly testNumbers: TestNumbers,
    private readonly keyedHash: KeyedHash,
    private readonly secretBox: SecretBox,
  ) {
    this.topic = cache.topic<GuardedApplication | null>(APPLICATIONS);
    this.numbers = cache.topic<readonly TestNumberRow[]>(TEST_NUMBERS);
  }

  /** With its address rule, for whoever lets keys in. Null for deleted ones. */
  guarded(id: string): Promise<GuardedApplication | null> {
    return this.topic.get(id, async () => {
      const row = await this.applications.find({ organizationId: null }, id);
      if (row === null) return null;
      const facts = factsOf(row);
      const match = rangeMatcher(facts.allowedAddresses);
      return { facts, admits: (address) => addressAllowed(facts.addressMode, facts.allowedAddresses, address, match) };
    });
  }

  async find(id: string): Promise<ApplicationFacts | null> {
    return (await this.guarded(id))?.facts ?? null;
  }

  async get(id: string): Promise<ApplicationFacts> {
    const found = await this.find(id);
    if (found === null) throw new DomainError('not_found');
    return found;
  }

  async testNumber(applicationId: string, to: string, atMs: number): Promise<TestNumber | null> {
    const rows = await this.numbers.get(applicationId, () =>
      this.testNumbers.ofApplication({ organizationId: null }, applicationId),
    );
    if (rows.length === 0) return null;
    const hash = destinationHash(this.keyedHash, to);
    const row = rows.find((candidate) => candidate.destinationHash === hash && candidate.endsAt > atMs);
    if (row === undefined) return null;
    return {
      id: row.id,
      to,
      code: this.secretBox.open(row.codeSealed, `test_number_code:${row.id}`),
      endsAt: row.endsAt,
    };
  }

  /** Something of an application was changed: call it in the transaction of the change. */
  changed(): Promise<void> {
    return this.cache.bump(APPLICATIONS);
  }

  /** A live test number came or went: call it in the transaction of the change. */
  testNumbersChanged(): Promise<void> {
    return this.cache.bump(TEST_NUMBERS);
  }
}
