/** One thing that somebody has shown. `invitation` and `setup` are links and tokens that were handed to them. */
export type ProofMethod = 'password' | 'totp' | 'recovery_code' | 'invitation' | 'setup';

const SECOND: ReadonlySet<ProofMethod> = new Set(['totp', 'recovery_code']);

/**
 * What somebody has proven in the running act: made right after it was checked and used up, never kept, never from a
 * request. The assurance gate takes nothing else.
 */
export class Proof {
  constructor(
    readonly userId: string,
    readonly methods: readonly ProofMethod[],
  ) {}

  get hasFirst(): boolean {
    return this.methods.some((method) => !SECOND.has(method));
  }

  get hasSecond(): boolean {
    return this.methods.some((method) => SECOND.has(method));
  }
}
