/** Null while all is well, else one sentence for operators that says what is not. Cheap: it is asked on every request. */
export type ReadinessProbe = () => string | null;

/**
 * Whether this process may serve. Parts of the platform add what they need to be right (a database that answers, a
 * clock that agrees, caches that are fresh); `/readyz` shows it, and the guard refuses requests with `unavailable`
 * while anything is wrong, because a process that cannot see a revoked key must not accept it.
 */
export class Readiness {
  private readonly probes = new Map<string, ReadinessProbe>();

  /** Adds a probe under a name for people: `clock`, `cache`. */
  add(name: string, probe: ReadinessProbe): void {
    this.probes.set(name, probe);
  }

  /** What is wrong, by probe; empty when ready. */
  problems(): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const [name, probe] of this.probes) {
      const problem = probe();
      if (problem !== null) found[name] = problem;
    }
    return found;
  }

  get ready(): boolean {
    for (const probe of this.probes.values()) if (probe() !== null) return false;
    return true;
  }

  get names(): readonly string[] {
    return [...this.probes.keys()];
  }
}
