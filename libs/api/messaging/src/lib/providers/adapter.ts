/** For the whole of one call of a vendor. */
export interface AdapterTimes {
  readonly timeoutMs: number;
}

export const ADAPTER_TIMES: AdapterTimes = { timeoutMs: 6_000 };
/** Answers of vendors are short; a longer one is a fault. */
export const MAX_ANSWER_BYTES = 65_536;
/** Stands for a secret in a preview. */
export const MASK = '******';
