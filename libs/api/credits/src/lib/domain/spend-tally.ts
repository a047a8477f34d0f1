/** What an organization and its applications spent since an instant, as far as seen. */
export interface SpendTally {
  readonly sinceMs: number;
  /** Place in the organization's history up to which everything is counted. */
  seenSeq: number;
  total: number;
  readonly byApplication: Map<string, number>;
}

export interface SpendRow {
  readonly applicationId: string | null;
  readonly spent: number;
  readonly seq: number;
}

export function newTally(sinceMs: number): SpendTally {
  return { sinceMs, seenSeq: 0, total: 0, byApplication: new Map() };
}

/** Adds rows, each the sum of an application; their `seq` is the last place that they cover. */
export function addSpending(tally: SpendTally, rows: readonly SpendRow[]): void {
  for (const { applicationId, spent, seq } of rows) {
    tally.total += spent;
    if (applicationId !== null) {
      tally.byApplication.set(applicationId, (tally.byApplication.get(applicationId) ?? 0) + spent);
    }
    tally.seenSeq = Math.max(tally.seenSeq, seq);
  }
}

/** One that counts on by itself: the running transaction may yet be rolled back, and must not be in the shared one. */
export function copyOf(tally: SpendTally): SpendTally {
  return { ...tally, byApplication: new Map(tally.byApplication) };
}
