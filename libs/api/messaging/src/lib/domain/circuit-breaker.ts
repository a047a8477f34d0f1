/** One provider in one country: closed = in use, open = left alone, half_open = one message is trying it. */
export type CircuitState = 'closed' | 'open' | 'half_open';

/** `ok`: the provider worked, whatever became of the message. */
export type CallOutcome = 'ok' | 'failed' | 'fatal';

export interface CircuitRules {
  /** Failures in a row that open it. */
  readonly consecutive: number;
  /** Share of failures that opens it once `minimum` calls lie within `windowMs`. */
  readonly share: number;
  readonly minimum: number;
  readonly windowMs: number;
  /** How long it stays open at first; doubled at each failed probe up to `maxOpenMs`. */
  readonly openMs: number;
  readonly maxOpenMs: number;
}

export const CIRCUIT_RULES: CircuitRules = {
  consecutive: 5,
  share: 0.5,
  minimum: 20,
  windowMs: 60_000,
  openMs: 30_000,
  maxOpenMs: 600_000,
};

interface Circuit {
  state: CircuitState;
  inARow: number;
  openMs: number;
  openUntil: number;
  probeUntil: number;
  calls: { at: number; ok: boolean }[];
}

/**
 * Circuit breakers of one process. Advisory: each process finds out for itself, and a wrong guess costs one failed-over
 * message, so nothing is shared. Time is passed in.
 */
export class CircuitBreaker {
  private readonly circuits = new Map<string, Circuit>();

  constructor(private readonly rules: CircuitRules = CIRCUIT_RULES) {}

  state(key: string, now: number): CircuitState {
    const circuit = this.circuits.get(key);
    if (circuit === undefined) return 'closed';
    return circuit.state === 'open' && now >= circuit.openUntil ? 'half_open' : circuit.state;
  }

  /** Whether a message may take this way now. A half-open circuit lets one through; `probeMs` bounds a lost probe. */
  tryEnter(key: string, now: number, probeMs = 15_000): boolean {
    const circuit = this.circuits.get(key);
    if (circuit === undefined || circuit.state === 'closed') return true;
    if (circuit.state === 'open' && now < circuit.openUntil) return false;
    if (circuit.state === 'half_open' && now < circuit.probeUntil) return false;
    circuit.state = 'half_open';
    circuit.probeUntil = now + probeMs;
    return true;
  }

  /**
   * Counts a call, and says when that opened or closed the circuit. `fatal` opens at once: wrong credentials do not get
   * better by trying. A failed probe keeps it open and says nothing: it was told already.
   */
  record(key: string, outcome: CallOutcome, now: number): 'opened' | 'closed' | null {
    const circuit = this.of(key);
    circuit.calls = [
      ...circuit.calls.filter((call) => call.at > now - this.rules.windowMs),
      { at: now, ok: outcome === 'ok' },
    ].slice(-200);
    if (outcome === 'ok') {
      circuit.inARow = 0;
      if (circuit.state === 'closed') return null;
      this.close(circuit);
      return 'closed';
    }
    circuit.inARow += 1;
    if (circuit.state === 'half_open') {
      circuit.openMs = Math.min(circuit.openMs * 2, this.rules.maxOpenMs);
      this.open(circuit, now);
      return null;
    }
    if (circuit.state === 'open') return null;
    const failures = circuit.calls.filter((call) => !call.ok).length;
    const tooMany = circuit.calls.length >= this.rules.minimum && failures / circuit.calls.length >= this.rules.share;
    if (outcome !== 'fatal' && circuit.inARow < this.rules.consecutive && !tooMany) return null;
    this.open(circuit, now);
    return 'opened';
  }

  /** New settings deserve a new chance. */
  forget(prefix: string): void {
    for (const key of this.circuits.keys()) if (key.startsWith(prefix)) this.circuits.delete(key);
  }

  /** Every circuit that is not closed, by key. */
  troubled(now: number): { readonly key: string; readonly state: CircuitState; readonly openUntil: number }[] {
    return [...this.circuits]
      .filter(([, circuit]) => circuit.state !== 'closed')
      .map(([key, circuit]) => ({ key, state: this.state(key, now), openUntil: circuit.openUntil }));
  }

  private of(key: string): Circuit {
    const found = this.circuits.get(key);
    if (found !== undefined) return found;
    const made: Circuit = {
      state: 'closed',
      inARow: 0,
      openMs: this.rules.openMs,
      openUntil: 0,
      probeUntil: 0,
      calls: [],
    };
    this.circuits.set(key, made);
    return made;
  }

  private open(circuit: Circuit, now: number): void {
    circuit.state = 'open';
    circuit.openUntil = now + circuit.openMs;
  }

  private close(circuit: Circuit): void {
    circuit.state = 'closed';
    circuit.openMs = this.rules.openMs;
    circuit.calls = [];
  }
}
