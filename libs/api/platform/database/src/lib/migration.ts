import { createHash } from 'node:crypto';
import type { Dialect, Migration, SchemaPart } from './schema';

const NAME = /^\d{4}-\d{2}-\d{2}-\d{4}-[a-z0-9]+(-[a-z0-9]+)*$/;

/** Declares one step of the schema. Throws when its name is not `YYYY-MM-DD-NNNN-what`, since names order the steps. */
export function migration(step: Migration): Migration {
  if (!NAME.test(step.name)) throw new Error(`a migration is named YYYY-MM-DD-NNNN-what, not ${step.name}`);
  return step;
}

/** Every migration of the parts, in the order in which they run. */
export function orderedMigrations(parts: readonly SchemaPart[]): Migration[] {
  const steps = [...new Set(parts.flatMap((part) => part.migrations))].sort((a, b) => (a.name < b.name ? -1 : 1));
  steps.forEach((step, index) => {
    if (steps[index + 1]?.name === step.name) throw new Error(`two migrations are named ${step.name}`);
  });
  return steps;
}

/** What a migration says on this engine, so that a text changed after it was applied is noticed. */
export function checksumOf(step: Migration, dialect: Dialect): string {
  return createHash('sha256')
    .update(JSON.stringify(step.up(dialect)))
    .digest('hex');
}
