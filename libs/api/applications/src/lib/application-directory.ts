export interface CodeSettings {
  readonly length: number;
  readonly ttlSeconds: number;
  readonly maxChecks: number;
}

export interface ApplicationFacts {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly status: 'active' | 'disabled';
  readonly addressMode: 'any' | 'listed';
  /** Normalized CIDR ranges. */
  readonly allowedAddresses: readonly string[];
  readonly code: CodeSettings;
  /** ISO 3166-1 alpha-2; null = every country. */
  readonly allowedCountries: readonly string[] | null;
  /** Milli-credits a UTC day, live keys. Null = none. */
  readonly dailySpendCap: number | null;
  readonly locale: string;
  /** Template id or key by channel; absent = the built-in one. */
  readonly templates: Readonly<Record<string, string>>;
  /** The host of the origin-bound last line of an SMS, and of `OTP-Token`; null = neither. */
  readonly webDomain: string | null;
  /** The 11-character hash of Android's SMS Retriever; null = none. */
  readonly androidHash: string | null;
  /** Record what the fraud guard would do, and let it pass. */
  readonly fraudGuard: 'enforce' | 'record' | 'off';
}

/** A live number that gets a fixed code and no message: for store reviewers. Always ends. */
export interface TestNumber {
  readonly id: string;
  readonly to: string;
  readonly code: string;
  readonly endsAt: number;
}

/** What other slices may know of applications. Cached; a change is seen by every process within a second. */
export abstract class ApplicationDirectory {
  abstract find(id: string): Promise<ApplicationFacts | null>;
  abstract get(id: string): Promise<ApplicationFacts>;
  /** The unexpired live test number of the application for this normalized destination. */
  abstract testNumber(applicationId: string, to: string, atMs: number): Promise<TestNumber | null>;
}
