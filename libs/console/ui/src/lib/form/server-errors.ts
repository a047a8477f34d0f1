import type { FieldTree } from '@angular/forms/signals';
import type { Problem, ProblemIssue } from '../problem';

export interface MappedErrors {
  /** For Signal Forms: each lands on its field. */
  readonly onFields: { kind: 'server'; message: string; fieldTree: FieldTree<unknown> }[];
  /** Issues that no field of the form shows. */
  readonly rest: readonly ProblemIssue[];
}

/** Finds the field of each issue that the server named; `param` of a problem without issues counts as one. */
export function mapServerErrors(form: FieldTree<unknown>, problem: Problem): MappedErrors {
  const issues: readonly ProblemIssue[] =
    problem.issues.length > 0
      ? problem.issues
      : problem.param
        ? [{ path: problem.param.split('.'), message: problem.detail ?? problem.title }]
        : [];
  const onFields: MappedErrors['onFields'] = [];
  const rest: ProblemIssue[] = [];
  for (const issue of issues) {
    const field = fieldAt(form, issue.path[0] === 'body' ? issue.path.slice(1) : issue.path);
    if (field) onFields.push({ kind: 'server', message: sentence(issue.message), fieldTree: field });
    else rest.push(issue);
  }
  return { onFields, rest };
}

function fieldAt(form: FieldTree<unknown>, path: readonly (string | number)[]): FieldTree<unknown> | null {
  if (path.length === 0) return null;
  let at = form as FieldTree<unknown> & Record<string | number, FieldTree<unknown> | undefined>;
  for (const key of path) {
    const value: unknown = at().value();
    // A member that the model does not have has no field; asking for one would be undefined at best.
    if (value === null || typeof value !== 'object' || !(key in value)) return null;
    const next = at[key];
    if (!next) return null;
    at = next as typeof at;
  }
  return at;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
