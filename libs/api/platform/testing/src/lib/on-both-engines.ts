import type { Engine } from '@tollgate/api/database';

/** Describes the same behaviour on SQLite and on MySQL. */
export function onBothEngines(define: (engine: Engine) => void): void {
  for (const engine of ['sqlite', 'mysql'] as const) {
    describe(`on ${engine}`, () => define(engine));
  }
}
