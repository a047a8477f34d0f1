/** A slice whose rows are holds: the ledger's account must hold exactly what they do (I4), and each captured once (I9). */
export interface HoldSource {
  /** `verification`: the type of the ledger's source. */
  readonly type: string;
  /** A SELECT of `organization_id` and `held` (milli-credits), any number of rows an organization, open holds only. */
  readonly held: string;
  /**
   * A SELECT of `id`, `organization_id` and `amount` (milli-credits) of the rows whose hold was captured. Left out,
   * captures are not compared with their rows.
   */
  readonly captured?: string;
}

/** Where slices say, in `onModuleInit`, which of their rows hold credits. SQL that both engines share, no parameters. */
export abstract class HoldSources {
  abstract register(source: HoldSource): void;
  abstract all(): readonly HoldSource[];
}
