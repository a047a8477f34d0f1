export interface OrganizationSettings {
  /** IANA name; days and months of its reports. */
  readonly timeZone: string;
  readonly locale: string;
  /** Milli-credits; below it staff are told. Null = never. */
  readonly lowBalanceThreshold: number | null;
  /** Milli-credits a UTC day, live keys. Null = none. */
  readonly dailySpendCap: number | null;
  /** Refund a send that a provider accepted and then could not deliver. */
  readonly refundUndelivered: boolean;
  /** Days until destinations are removed from rows. */
  readonly destinationRetentionDays: number;
  /** Days until messages are removed. */
  readonly messageRetentionDays: number;
  /** Days until request log rows are removed. */
  readonly requestLogRetentionDays: number;
}

export interface OrganizationFacts {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: 'active' | 'suspended' | 'deletion_requested';
  readonly country: string | null;
  readonly builtIn: boolean;
  readonly settings: OrganizationSettings;
}

/** What other slices may know of organizations. Cached; a change is seen by every process within a second. */
export abstract class OrganizationDirectory {
  abstract find(id: string): Promise<OrganizationFacts | null>;
  /** Like `find`, but an absent one is `not_found`. */
  abstract get(id: string): Promise<OrganizationFacts>;
  /** The built-in organization of the installation's staff. */
  abstract platformId(): Promise<string>;
}
